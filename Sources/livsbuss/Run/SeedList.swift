import CommandLineTool

/// Several seeds, as the command line writes them: `1..50`, or `1,4,7`.
struct SeedList: Sendable, Equatable, CustomStringConvertible {
    /// The most seeds of a run: each is a whole run of all cases.
    static let most = 10_000

    /// In the order written, none twice.
    let seeds: [UInt64]

    /// Reads a list; nil if it is none, names a seed twice, or has more than ``most``.
    init?(_ text: String) {
        var seeds: [UInt64] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: ".", omittingEmptySubsequences: false)
            let numbers = ends.compactMap { UInt64($0) }
            if ends.count == 1, let seed = numbers.first {
                seeds.append(seed)
            } else if ends.count == 3, ends[1].isEmpty, numbers.count == 2, numbers[0] <= numbers[1],
                numbers[1] - numbers[0] < UInt64(Self.most)
            {
                seeds += numbers[0]...numbers[1]
            } else {
                return nil
            }
            guard seeds.count <= Self.most else { return nil }
        }
        guard Set(seeds).count == seeds.count else { return nil }
        self.seeds = seeds
    }

    private init(_ seeds: [UInt64]) { self.seeds = seeds }

    /// As short as it can be written: `1..3, 7`.
    var description: String { Self.text(seeds) }

    /// Rising seeds in few words.
    static func text(_ seeds: [UInt64]) -> String {
        var parts: [(first: UInt64, last: UInt64)] = []
        for seed in seeds {
            if let last = parts.last?.last, last < .max, last + 1 == seed {
                parts[parts.count - 1].last = seed
            } else {
                parts.append((seed, seed))
            }
        }
        let shown = parts.prefix(12).map { part in
            part.first == part.last
                ? "\(part.first)" : "\(part.first)" + (part.first + 1 == part.last ? ", " : "..") + "\(part.last)"
        }
        return shown.joined(separator: ", ") + (parts.count > shown.count ? " …" : "")
    }
}

extension SeedList: ArgumentValue {
    init(argument: String) throws(ArgumentError) {
        guard let list = SeedList(argument) else {
            throw ArgumentError(
                "'\(argument)' are no seeds: write 1..50, or 1,4,7; each once, and at most \(Self.most).")
        }
        self = list
    }

    static var argumentPlaceholder: SeedList { SeedList([1]) }
}
