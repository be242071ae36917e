package dev.rollcall.store.function;

import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.CorrectionStore;
import dev.rollcall.audit.AuditStore;
import dev.rollcall.audit.RetentionStore;
import dev.rollcall.keys.ApiKeyStore;
import dev.rollcall.keys.SessionStore;
import dev.rollcall.keys.SetupStore;
import dev.rollcall.people.PeopleDirectory;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.recognition.AnswerStore;
import dev.rollcall.recognition.accuracy.AccuracyStore;
import dev.rollcall.recognition.bulk.DirectoryDetails;
import dev.rollcall.recognition.bulk.PersonDetails;
import dev.rollcall.recognition.challenge.ChallengeStore;
import dev.rollcall.recognition.imports.ImportStore;
import dev.rollcall.reports.SheetStore;
import dev.rollcall.schedule.HolidayStore;
import dev.rollcall.schedule.ShiftStore;
import dev.rollcall.sites.SiteStore;
import java.util.Optional;

/** All contracts of the stores, for one way to a database. */
abstract class StoreContracts
        implements PeopleStoreContract,
                PeopleDirectoryContract,
                PeopleListContract,
                NamesContract,
                LookAlikesContract,
                LookAlikeNoticesContract,
                TemplateChangesContract,
                AccuracyStoreContract,
                AttendanceStoreContract,
                MarkOrderContract,
                LateMarkContract,
                SiteStoreContract,
                ShiftStoreContract,
                HolidayStoreContract,
                SheetStoreContract,
                MarkListContract,
                CorrectionStoreContract,
                CorrectionReviewContract,
                UndoContract,
                ErasedMarksContract,
                AnswerStoreContract,
                ApiKeyStoreContract,
                SessionStoreContract,
                SetupStoreContract,
                DeviceStoreContract,
                PairingStoreContract,
                PairingGuessesContract,
                PhoneLinkStoreContract,
                PhoneStoreContract,
                BadgeStoreContract,
                WebhookStoreContract,
                OutboxContract,
                ReceiptStoreContract,
                PinStoreContract,
                PinAttemptsContract,
                ChallengeStoreContract,
                PersonDetailsContract,
                ImportStoreContract,
                AuditStoreContract,
                ArchiveStoreContract,
                ArchiveCorrectionsContract {

    /** An open database with the schema in it. */
    @Override
    public abstract DatabaseFunctions functions();

    @Override
    public PeopleStore people() {
        return new FunctionPeopleStore(functions(), seal());
    }

    @Override
    public PeopleDirectory directory() {
        return new FunctionPeopleDirectory(functions());
    }

    @Override
    public AccuracyStore accuracy() {
        return new FunctionAccuracyStore(functions(), seal());
    }

    @Override
    public AttendanceStore attendance() {
        return new FunctionAttendanceStore(functions());
    }

    @Override
    public SiteStore sites() {
        return new FunctionSiteStore(functions());
    }

    @Override
    public ShiftStore shifts() {
        return new FunctionShiftStore(functions());
    }

    @Override
    public HolidayStore holidays() {
        return new FunctionHolidayStore(functions());
    }

    @Override
    public SheetStore sheets() {
        return new FunctionSheetStore(functions());
    }

    @Override
    public CorrectionStore corrections() {
        return new FunctionCorrectionStore(functions());
    }

    @Override
    public AnswerStore answers() {
        return new FunctionAttendanceStore(functions());
    }

    /** How templates are stored. */
    TemplateSeal seal() {
        return TemplateSeal.none();
    }

    @Override
    public SecretSeal secretSeal() {
        return new SecretSeal(Optional.empty(), Optional.empty());
    }

    @Override
    public AuditStore audit() {
        return new FunctionAuditStore(functions());
    }

    @Override
    public RetentionStore retention() {
        return new FunctionAuditStore(functions());
    }

    @Override
    public PersonDetails details() {
        return new DirectoryDetails(directory(), Samples.MODEL);
    }

    @Override
    public ImportStore imports() {
        return new FunctionImportStore(functions());
    }

    @Override
    public ChallengeStore challenges() {
        return new FunctionChallengeStore(functions(), seal(), Samples.MODEL);
    }

    @Override
    public SessionStore sessions() {
        return new FunctionSessionStore(functions());
    }

    @Override
    public SetupStore setup() {
        return new FunctionSetupStore(functions());
    }

    @Override
    public ApiKeyStore keys() {
        return new FunctionApiKeyStore(functions());
    }
}
