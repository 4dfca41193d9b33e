import AgencyKit
import LifeEvents

extension SkatteverketCase {
    /// A dead parent's custody of a child.
    struct EndedCustody: Codable, Equatable, Sendable {
        var child: Subject
        var custody: FamilyRelation
        /// It is written out and ended at once.
        var chain: ChainHead
        /// The day of death.
        var day: Day
    }

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

        enum Trigger { case certified, certifiedByUnknown, certificateAnnulled, registered, annulled }

        var stage = Stage.alive
        var certificate = ChainHead()
        var date: Day?
        var certainty = DeathCertainty.exact
        /// The registered death.
        var chain = ChainHead()
        /// The spouse's change of civil status that this death caused, and whose it is.
        var spouseChange = ChainHead()
        var spouse: Subject?

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }

    /// The estate (dödsbo) until its inventory (bouppteckning) is registered.
    struct Estate: CasePart {
        enum Stage: String, Codable, Sendable {
            case none, awaiting, reminded, ordered, received, registered

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .opened): .awaiting
                case (.awaiting, .timePassed): .reminded
                case (.reminded, .timePassed): .ordered
                case (.awaiting, .filed), (.reminded, .filed), (.ordered, .filed): .received
                case (.received, .timePassed): .registered
                // A later day of death: there is time again.
                case (.reminded, .dueLater), (.ordered, .dueLater): .awaiting
                default: nil
                }
            }

            var isWaiting: Bool { after(.filed) != nil }
        }

        enum Trigger { case opened, timePassed, filed, dueLater }

        var stage = Stage.none
        var heldBy: Day?
        var dueDate: Day?
        var heldOn: Day?
        var holders: [Subject] = []
        var filer: Subject?
        /// What has been published, the state `due` first: each is a fact of its own.
        var facts: [ChainHead] = []

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }

    /// Those who survive: spouse and children of the register entry; a child without either, its parents (ärvdabalken
    /// 2 kap. 2 §).
    var survivors: [Subject] {
        let nearest = [register.livingSpouse].compactMap(\.self) + register.children.map(\.person)
        return nearest.isEmpty ? child.parents : nearest
    }

    /// Who is told of the death and the estate on a day: survivors of age, and who has filed; nobody known: the dead's
    /// own page.
    func nextOfKin(of dead: Subject, on day: Day) -> [Subject] {
        let minors = register.children.filter { SkatteverketRules.isMinor(born: $0.birthDate, on: day) }.map(\.person)
        var told = survivors.filter { !minors.contains($0) }
        if let filer = estate.filer, !told.contains(filer) { told.append(filer) }
        return told.isEmpty ? [dead] : told
    }
}
