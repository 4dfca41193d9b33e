public import Simulation

extension RunObserver {
    /// Lets another hear everything too, each time after those who hear it already.
    public mutating func add(_ other: RunObserver) {
        message = Self.both(message, other.message)
        instant = Self.both(instant, other.instant)
        worldEnd = Self.both(worldEnd, other.worldEnd)
        timer = Self.both(timer, other.timer)
        delivery = Self.both(delivery, other.delivery)
        fault = Self.both(fault, other.fault)
        notice = Self.both(notice, other.notice)
        switch (river, other.river) {
        case (let first?, let second?):
            river = {
                first($0, $1)
                second($0, $1)
            }
        case (nil, let second): river = second
        case (_, nil): break
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
