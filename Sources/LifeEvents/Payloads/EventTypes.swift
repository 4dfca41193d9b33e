/// The event types that this version knows.
public enum EventTypes {
    /// Their names, sorted.
    public static let all: [String] = [
        MedicalCertificate.type, BirthNotice.type, DeathCertificate.type, RegisterEntry.type, Birth.type,
        Identity.type, ParenthoodMissing.type, FamilyRelation.type, Death.type, CivilStatusChange.type,
        EstateInventory.type, Move.type, InsuranceCaseStatus.type, MunicipalCaseStatus.type, BenefitDecision.type,
        PensionDecision.type, ElderCare.type, JobSeekerRegistration.type, ParenthoodReport.type, MoveNotice.type,
        NameFiling.type, ParenthoodConfirmation.type, EstateInventoryFiling.type, BenefitApplication.type,
        BenefitCompletion.type, MunicipalApplication.type, MunicipalParenthoodConfirmation.type, StatusTile.type,
    ].map(\.name).sorted()
}
