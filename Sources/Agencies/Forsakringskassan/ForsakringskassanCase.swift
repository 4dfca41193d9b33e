public import AgencyKit
import LifeEvents

/// What Försäkringskassan remembers of one person: a part for each benefit, and a death.
///
/// Child benefit and days of parental benefit belong to the child, what is known of a pregnancy to the mother, child
/// benefit as it is paid to the parent, and housing allowance to the insured.
public struct ForsakringskassanCase: AgencyCase {
    /// Parental benefit as the mother first meets it, `INFORMED`: the certificate, with the expected day of birth.
    @Part var pregnancy: FactChain<Day>
    /// Who may turn to us for the person.
    @Part var mandates: KnownMandates
    /// Why the mother, or a counsellor for her, has turned to us.
    var grief: ContactReason?
    /// Since when.
    var grievesSince: Day?
    /// Of a child: who has custody, as the register tells.
    @Part var guardians: Guardians
    @Part var child: ChildBenefit
    @Part var days: ChildDays
    /// Of a parent: child benefit as it is paid.
    @Part var payments: ChildBenefitPayments
    @Part var housing: HousingAllowance
    /// Where the person is registered, and the children of the household.
    @Part var residence: Residence
    @Part var household: Household
    /// Of a child: who has asked for its home.
    var toldHome: [Subject] = []
    /// Who has proved to act for the person's estate.
    @Part var estateProof: EstateProof
    @Part var aid: AidMemory
    /// Sickness compensation (sjukersättning) that was granted.
    @Part var compensation: ChainHead
    /// What is paid of it.
    @Part var account: CompensationPay
    /// Other benefits that were decided, as far as a death ends them.
    var held: [HeldBenefit] = []
    /// Of a child: what its guardians' own cases were told of its death.
    var toldDeath: [ToldOfDeath] = []
    /// Who acts for the insured.
    @Part var godMan: KnownGodMan
    @Part var business: OwnBusiness
    /// A move to Sweden, and the introduction.
    @Part var arrival: Arrival
    @Part var introduction: IntroductionBenefit
    /// Activity grant in a labour-market programme.
    @Part var grant: ActivityGrant
    /// The death, with its day, also where nothing is open.
    @Part var death: FactChain<Day>
    /// What was heard since the death, for where it is annulled.
    @Part var meanwhile: Meanwhile

    /// A person of whom nothing is known.
    public init() {}

    /// Those we write to about a child: its guardians, and who has applied.
    var holders: [Subject] {
        var holders = guardians.holders
        for application in days.applications where !holders.contains(application.applicant) {
            holders.append(application.applicant)
        }
        return holders
    }
}

extension ForsakringskassanCase: KnowsGodMan {}

extension ForsakringskassanCase: ProvesEstate {
    /// Whether the person is dead, as far as is known here.
    var isDead: Bool { death.holds }
}
