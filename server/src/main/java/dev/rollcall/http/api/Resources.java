package dev.rollcall.http.api;

import dev.rollcall.http.pages.PagesResource;
import java.util.List;

/** All resources of the HTTP interface. */
public final class Resources {

    public static final List<Class<?>> ALL = List.of(
            EnrollResource.class,
            PinMarkResource.class,
            IdentifyResource.class,
            RecognizeResource.class,
            InspectResource.class,
            HintResource.class,
            ChallengeResource.class,
            AttendanceResource.class,
            DaySheetResource.class,
            MonthSheetResource.class,
            ExportResource.class,
            PayrollResource.class,
            PersonFilesResource.class,
            MarkResource.class,
            CorrectionsResource.class,
            PeopleResource.class,
            DirectoryResource.class,
            ReportResource.class,
            TemplatesResource.class,
            LookAlikesResource.class,
            ImportResource.class,
            CredentialsResource.class,
            BadgeResource.class,
            KeyResource.class,
            SessionResource.class,
            SetupResource.class,
            DeviceResource.class,
            PhoneLinkResource.class,
            PhoneKeyResource.class,
            MeResource.class,
            PairingResource.class,
            KioskResource.class,
            SiteResource.class,
            BadgeKeyResource.class,
            AccuracyResource.class,
            ShiftResource.class,
            AssignmentResource.class,
            HolidayResource.class,
            WebhookResource.class,
            DeliveryResource.class,
            MarkReceiptResource.class,
            ReceiptResource.class,
            AuditResource.class,
            SettingsResource.class,
            HealthResource.class,
            MetricsResource.class,
            TrustResource.class,
            DocsResource.class,
            PagesResource.class);

    private Resources() {}
}
