package dev.rollcall.config;

import dev.rollcall.certificates.LocalCertificates;
import dev.rollcall.config.settings.SecuritySettings;
import dev.rollcall.config.settings.Settings;
import dev.rollcall.config.settings.SettingsList;
import dev.rollcall.http.access.Origins;
import dev.rollcall.http.access.RateLimits;
import dev.rollcall.http.access.TransportFilter.Transport;
import dev.rollcall.http.access.TrustedProxies;
import dev.rollcall.http.admission.RequestLimits;
import dev.rollcall.http.api.DocsResource.DocsSwitch;
import dev.rollcall.http.api.KioskResource;
import dev.rollcall.http.api.MachineHealth.Machine;
import dev.rollcall.http.api.SettingsResource.KnownSettings;
import dev.rollcall.http.api.SettingsResource.SettingView;
import dev.rollcall.http.api.TrustResource.Trust;
import dev.rollcall.http.connection.HeapShares;
import dev.rollcall.metrics.ServiceFacts;
import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Locale;

/** Creates what the HTTP interface needs from the settings. */
@ApplicationScoped
class HttpWiring {

    private static final int MEGABYTE = 1_000_000;

    @Produces
    @Singleton
    RateLimits rateLimits(Settings settings) {
        return new RateLimits(
                new RateLimits.Limits(
                        settings.rateLimitPerMinute(),
                        settings.hintRateLimitPerMinute(),
                        settings.personRateLimitPerMinute(),
                        settings.addressRateLimitPerMinute()),
                TimeMeter.SYSTEM_NANOTIME);
    }

    @Produces
    @Singleton
    TrustedProxies trustedProxies(Settings settings) {
        return SecuritySettings.trustedProxies(settings);
    }

    @Produces
    @Singleton
    Origins origins(Settings settings) {
        return SecuritySettings.origins(settings);
    }

    @Produces
    @Singleton
    RequestLimits requestLimits(Settings settings) {
        return new RequestLimits(
                settings.maxImageMb() * MEGABYTE, HeapShares.ofThisProcess().bodies());
    }

    @Produces
    @Singleton
    Transport transport(Settings settings) {
        return settings.tls() == Settings.Tls.LOCAL ? Transport.HTTPS_BESIDE_HTTP : Transport.ONE;
    }

    @Produces
    @Singleton
    Machine machine(Settings settings, Trust trust) {
        return new Machine(settings.dataDir(), () -> trust.certificates()
                .map(LocalCertificates::validUntil)
                .or(() -> SecuritySettings.certificateEnd(settings)));
    }

    @Produces
    @Singleton
    DocsSwitch docs(Settings settings) {
        return new DocsSwitch(settings.apiDocs());
    }

    @Produces
    @Singleton
    KioskResource.Service kioskService(Settings settings, ServiceFacts facts) {
        return new KioskResource.Service(settings.undoSeconds(), settings.lateMarkHours(), facts.version());
    }

    @Produces
    @Singleton
    KnownSettings knownSettings(Settings settings) {
        return new KnownSettings(SettingsList.ofProcess(settings).stream()
                .map(shown -> new SettingView(
                        shown.name(),
                        shown.value(),
                        shown.byDefault(),
                        shown.source().name().toLowerCase(Locale.ROOT),
                        shown.isSecret()))
                .toList());
    }
}
