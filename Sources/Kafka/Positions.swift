/// The next offset expected of each assigned partition.
struct Positions {
    /// By topic, then partition; −1 = not assigned or not yet known.
    private var offsets: [[Int64]] = []

    mutating func set(_ place: PartitionOffset) {
        let topic = place.topic.rawValue
        let partition = Int(place.partition)
        while offsets.count <= topic { offsets.append([]) }
        while offsets[topic].count <= partition { offsets[topic].append(-1) }
        offsets[topic][partition] = max(-1, place.offset)
    }

    func next(_ topic: TopicID, _ partition: Int32) -> Int64? {
        guard offsets.indices.contains(topic.rawValue),
            offsets[topic.rawValue].indices.contains(Int(partition))
        else { return nil }
        let offset = offsets[topic.rawValue][Int(partition)]
        return offset < 0 ? nil : offset
    }

    /// Moves over a record; returns the offset that was expected when the record's is a later one. A record that was read
    /// before moves nothing: positions never go back.
    mutating func advance(over place: PartitionOffset) -> Int64? {
        guard let expected = next(place.topic, place.partition) else {
            set(PartitionOffset(topic: place.topic, partition: place.partition, offset: place.offset + 1))
            return nil
        }
        guard place.offset >= expected else { return nil }
        offsets[place.topic.rawValue][Int(place.partition)] = place.offset + 1
        return place.offset > expected ? expected : nil
    }
}
