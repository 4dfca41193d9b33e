public import AgencyKit
public import LifeEvents

// Which of the vocabulary's types are needs, and which answers.
extension SurvivorsNeed: NeedEvent {}
extension SurvivorsAnswer: AnswerEvent {}
extension BankDeathProofNeed: NeedEvent {}
extension FuneralDeathProofNeed: NeedEvent {}
extension DeathProofAnswer: AnswerEvent {}
extension TenancyNeed: NeedEvent {}
extension PensionAmountNeed: NeedEvent {}
extension PensionAmountAnswer: AnswerEvent {}
extension GuardianOpinionNeed: NeedEvent {}
extension GuardianOpinionAnswer: AnswerEvent {}
extension CertificateAnswer: AnswerEvent {}
extension SuitabilityNeed: NeedEvent {}
extension EnforcementSuitabilityAnswer: AnswerEvent {}
extension PoliceSuitabilityAnswer: AnswerEvent {}
extension AssetsNeed: NeedEvent {}
extension AssetsAnswer: AnswerEvent {}
extension CapitalNeed: NeedEvent {}
extension CapitalAnswer: AnswerEvent {}
extension CareAssessmentNeed: NeedEvent {}
extension CareAssessmentAnswer: AnswerEvent {}
extension TenancyAnswer: AnswerEvent {}
extension BuildUpNeed: NeedEvent {}
extension BuildUpAnswer: AnswerEvent {}
extension AidIncomeNeed: NeedEvent {}
extension AidMonthNeed: NeedEvent {}
extension AidMonthAnswer: AnswerEvent {}
extension AidPaidAnswer: AnswerEvent {}
extension InsuranceAidPaidNeed: NeedEvent {}
extension SourceIncomeNeed: NeedEvent {}
extension EmploymentAidIncome: AidSourceAnswer {}
extension FundAidIncome: AidSourceAnswer {}
extension InsuranceAidIncome: AidSourceAnswer {}
extension PensionAidIncome: AidSourceAnswer {}
extension PermitAidIncome: AidSourceAnswer {}
extension StudyAidIncome: AidSourceAnswer {}
extension TaxAidIncome: AidSourceAnswer {}
extension VehicleAidIncome: AidSourceAnswer {}
