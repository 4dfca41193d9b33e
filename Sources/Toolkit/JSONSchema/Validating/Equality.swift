internal import JSON

/// Whether values of a message are equal: numbers by their size, objects in any order.
enum Equality {
    /// Up to so many elements each is compared with all others; more are put into a table by their hashes.
    static let pairwiseLimit = 16

    /// The positions of the first two elements of an array that are equal; nil if all differ.
    ///
    /// Allocates for arrays of more than ``pairwiseLimit`` elements only.
    static func firstPair(_ array: JSONValue) -> (Int, Int)? {
        guard array.count > pairwiseLimit else {
            var position = 0
            for element in array.elements {
                var earlier = 0
                for other in array.elements {
                    if earlier == position { break }
                    if isEqual(element, other) { return (earlier, position) }
                    earlier += 1
                }
                position += 1
            }
            return nil
        }
        // Only looked up, never walked.
        var seen: [Int: [(position: Int, value: JSONValue)]] = [:]
        var position = 0
        for element in array.elements {
            let hash = hash(element)
            for other in seen[hash] ?? [] where isEqual(element, other.value) { return (other.position, position) }
            seen[hash, default: []].append((position, element))
            position += 1
        }
        return nil
    }

    static func isEqual(_ left: JSONValue, _ right: JSONValue) -> Bool {
        guard left.kind == right.kind else { return false }
        switch left.kind {
        case .null: return true
        case .bool: return left.bool == right.bool
        case .number: return DecimalText(left.rawBytes).compared(to: DecimalText(right.rawBytes)) == 0
        case .string:
            guard let one = left.stringBytes, let other = right.stringBytes else { return false }
            return one.elementsEqual(other)
        case .array:
            guard left.count == right.count else { return false }
            var others = right.elements
            for element in left.elements {
                guard let other = others.next(), isEqual(element, other) else { return false }
            }
            return true
        case .object:
            let count = left.count
            guard count == right.count else { return false }
            guard count <= pairwiseLimit else { return areEqualMembers(left, right) }
            for member in left.members {
                guard let other = right.member(member.key), isEqual(member.value, other) else { return false }
            }
            return true
        }
    }

    /// Members in the order of their names, so that no order of theirs makes the comparison slow.
    private static func areEqualMembers(_ left: JSONValue, _ right: JSONValue) -> Bool {
        func sorted(_ object: JSONValue) -> [JSONMember] {
            object.members.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        }
        return zip(sorted(left), sorted(right)).allSatisfy {
            $0.key.elementsEqual($1.key) && isEqual($0.value, $1.value)
        }
    }

    /// The same for equal values; seeded anew in each process, so that no sender can choose values of one hash.
    private static func hash(_ value: JSONValue) -> Int {
        var hasher = Hasher()
        hasher.combine(CheckedValue(value).kind.rawValue)
        switch value.kind {
        case .null: break
        case .bool: hasher.combine(value.bool)
        case .number: DecimalText(value.rawBytes).hash(into: &hasher)
        case .string: hasher.combine(bytes: value.stringBytes ?? UnsafeRawBufferPointer(start: nil, count: 0))
        case .array: for element in value.elements { hasher.combine(hash(element)) }
        case .object:
            var sum = 0
            for member in value.members {
                var inner = Hasher()
                inner.combine(bytes: member.key)
                inner.combine(hash(member.value))
                sum &+= inner.finalize()
            }
            hasher.combine(sum)
        }
        return hasher.finalize()
    }
}
