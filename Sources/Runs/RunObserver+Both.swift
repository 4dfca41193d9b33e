import AgencyKit
import LifeEvents
public import Simulation

extension RunObserver {
    /// Lets another hear everything too, each time after those who hear it already.
    public mutating func add(_ other: RunObserver) {
        message = Self.both(message, other.message)
        judged = Self.both(judged, other.judged)
        instant = Self.both(instant, other.instant)
        worldEnd = Self.both(worldEnd, other.worldEnd)
        timer = Self.both(timer, other.timer)
        delivery = Self.both(delivery, other.delivery)
        fault = Self.both(fault, other.fault)
        notice = Self.both(notice, other.notice)
        river = Self.both(river, other.river)
        judgedRiver = Self.both(judgedRiver, other.judgedRiver)
    }

    private typealias River = (EventID, RiverReport) -> Void

    private static func both(_ first: River?, _ second: River?) -> River? {
        guard let first, let second else { return first ?? second }
        return {
            first($0, $1)
            second($0, $1)
        }
    }

    private static func both<Told>(_ first: ((Told) -> Void)?, _ second: ((Told) -> Void)?) -> ((Told) -> Void)? {
        guard let first, let second else { return first ?? second }
        return {
            first($0)
            second($0)
        }
    }
}
