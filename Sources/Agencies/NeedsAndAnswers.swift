public import AgencyKit
public import LifeEvents

// Which of the vocabulary's types are needs, and which answers.
extension SurvivorsNeed: NeedEvent {}
extension SurvivorsAnswer: AnswerEvent {}
extension BankDeathProofNeed: NeedEvent {}
extension FuneralDeathProofNeed: NeedEvent {}
extension DeathProofAnswer: AnswerEvent {}
extension TenancyNeed: NeedEvent {}
extension TenancyAnswer: AnswerEvent {}
