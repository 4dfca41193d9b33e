/// Something for each world that is played: numbers rise, and what has ended takes no memory.
///
/// A dense window over the numbers from the oldest that is played to the newest.
package struct WorldWindow<Element> {
    private var elements: [Element?] = []
    /// The number of the element at place 0.
    private var base: Int32 = 0
    /// Elements before this place are gone.
    private var head = 0

    /// So many places may be empty at the beginning before the rest is moved there.
    private static var slack: Int { 1_024 }

    package init() {}

    /// The element of a world; nil for one that is not played.
    package subscript(world: Int32) -> Element? {
        get {
            let place = Int(world) - Int(base)
            return place >= 0 && place < elements.count ? elements[place] : nil
        }
        set {
            guard world >= base else { return }
            if elements.isEmpty, newValue != nil { base = world }
            let place = Int(world) - Int(base)
            while elements.count <= place {
                guard newValue != nil else { return }
                elements.append(nil)
            }
            elements[place] = newValue
            if newValue == nil { shrink() }
        }
    }

    private mutating func shrink() {
        while head < elements.count, elements[head] == nil { head += 1 }
        guard head == elements.count || head >= Self.slack && head * 2 > elements.count else { return }
        elements.removeFirst(head)
        base += Int32(head)
        head = 0
    }
}
