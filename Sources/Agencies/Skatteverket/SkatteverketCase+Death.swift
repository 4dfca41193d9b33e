import AgencyKit
import LifeEvents

extension SkatteverketCase {
    /// From the certificate to the registered death.
    struct DeathRecord: CasePart {
        enum Stage: String, Codable, Sendable {
            case alive
            /// CHECK: the certificate's signer is in no staff register; somebody calls back.
            case checking
            case reported, dead

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.alive, .certified), (.checking, .certified): .reported
                case (.alive, .certifiedByUnknown), (.reported, .certifiedByUnknown): .checking
                case (.checking, .certificateAnnulled), (.reported, .certificateAnnulled): .alive
                case (.alive, .registered), (.checking, .registered), (.reported, .registered): .dead
                case (.dead, .annulled): .alive
                default: nil
                }
            }
        }

        /// A correction that the register has published.
        struct Correction: Codable, Equatable, Sendable {
            var event: EventID
            var date: Day
            var certainty: DeathCertainty
        }

        enum Trigger { case certified, certifiedByUnknown, certificateAnnulled, registered, annulled }

        var stage = Stage.alive
        var certificate = ChainHead()
        /// Certificates beside that one, of which the first takes its place if it is withdrawn.
        var others: [FactChain<OtherCertificate>] = []
        /// The police's own notice, which needs no certificate (begravningslagen 4 kap. 4 §).
        var notice = ChainHead()
        var date: Day?
        var certainty = DeathCertainty.exact
        /// The registered death.
        var chain = ChainHead()
        /// What the register has said of the death and not heard itself yet; nil: it has heard all.
        var correction: Correction?
        /// What banks are told of it.
        var publicChain = ChainHead()
        /// The spouse's change of civil status that this death caused, and whose it is.
        var spouseChange = ChainHead()
        var spouse: Subject?
        var tokens: [Token] = []
        /// The need of who survives that was answered.
        var answered: Answered?
        /// Who was told of the death, and is told what becomes of it.
        var told: [Subject] = []
        /// How many tokens have been given; none has another's number.
        var given = 0
        /// Who acts for the estate, as the estates' branch has told; nil: the next of kin that have a share.
        var actors: [Subject]?
        /// To whom it was proved that somebody may act.
        var proved: [Proved] = []
        /// Mandates that those who hold a token have given.
        var mandates: [Mandate] = []
        var burial = Burial()

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }

    /// What another certificate of the death says.
    struct OtherCertificate: Codable, Equatable, Sendable {
        /// Nil: a correction is to say it.
        var date: Day?
        var certainty: DeathCertainty
        var isListed: Bool
    }

    /// Who was told of the survivors, and in which case of its own.
    struct Answered: Codable, Equatable, Sendable {
        var caseRef: String
        var asker: AgencyID
    }

    /// Lets its holder show one receiver that the person is dead (rule D5).
    struct Token: Codable, Equatable, Sendable {
        var holder: Subject
        var ref: String
        var validUntil: Day
        var chain: ChainHead
    }

    /// A proof that was given, on whose token.
    struct Proved: Codable, Equatable, Sendable {
        var caseRef: String
        var asker: AgencyID
        var holder: Subject
    }

    /// A mandate for the estate, by whom and to whom.
    struct Mandate: Codable, Equatable, Sendable {
        var filedBy: Subject
        var agency: AgencyID
        var tokenRef: String?
        var chain: ChainHead
    }

    /// The funeral, as far as the register has to know of it (begravningslagen 5 kap.).
    struct Burial: CasePart {
        /// Who is to have the certificate, and of what kind.
        var bureau: AgencyID?
        var kind = BurialKind.burial
        var certificate = ChainHead()
        var isHeld = false
        /// The police inquire, and permit the burial when they are done.
        var needsPermit = false
        var permit = ChainHead()
        var overdue = ChainHead()
        /// The last day on which it is in time, and to when more time was given.
        var lastDay: Day?
        var extendedTo: Day?
    }

    /// Who is told of the death and gets a token: spouse, children of age, and who has custody of those who are not;
    /// else parents, brothers and sisters. Nobody who is dead: then that one's children.
    /// - Parameter holders: only those who have a share of the estate: no common children, who inherit after a spouse.
    func nextOfKin(of dead: Subject, on day: Day, only holders: Bool = false) -> [Subject] {
        var told = [register.livingSpouse].compactMap(\.self)
        func tell(_ line: [Register.Offspring]) {
            for child in line where child.person != dead {
                let isMinor = SkatteverketRules.isMinor(born: child.birthDate, on: day)
                let persons = isMinor ? register.guardians(of: child, besides: dead) : [child.person]
                told += persons.filter { !told.contains($0) }
            }
        }
        for child in register.children
        where !holders || register.livingSpouse == nil || child.otherParent != register.livingSpouse {
            tell(register.issue(of: child.person, outlived: death.date) ?? [child])
        }
        guard told.isEmpty else { return told.filter { !register.isDead($0) } }
        for parent in self.child.parents.isEmpty ? register.parents : self.child.parents {
            if let line = register.issue(of: parent, outlived: death.date) { tell(line) } else { told.append(parent) }
        }
        return told.filter { !register.isDead($0) }
    }

    /// Who acts for the estate: as the estates' branch has told, which names nobody with protected data; else the next of
    /// kin that have a share.
    func actors(of dead: Subject, on day: Day) -> [Subject] {
        let kin = nextOfKin(of: dead, on: day, only: true)
        guard let told = death.actors else { return kin }
        return told + kin.filter { register.isProtected($0) && !told.contains($0) }
    }
}
