import LifeEvents
import Simulation

extension ObservedMessage {
    /// Whether it is a mandate that a person gives for themself.
    func isOwnMandate(of filer: Subject?) -> Bool {
        type == GrantedMandate.type.name && filer == envelope.subject
    }
}
