internal import LinearRegex

/// One check of a compiled schema. What the operands mean depends on the operation.
struct Instruction: BitwiseCopyable {
    enum Operation: UInt8, BitwiseCopyable {
        /// `first`: the enumeration.
        case enumeration
        /// `first`: the bound.
        case minimum, maximum, exclusiveMinimum, exclusiveMaximum
        /// `first`: the divisor.
        case multipleOf
        /// `first`: the number of code points.
        case minLength, maxLength
        /// `first`: the pattern, or the format.
        case pattern, format
        /// `first`: the rules.
        case object, array
        /// `first`: the text; `second` and `count`: texts in the lists.
        case dependentRequired
        /// `first`: the text; `second`: the schema.
        case dependentSchema
        /// `second` and `count`: schemas in the lists.
        case allOf, anyOf, oneOf
        /// `first`: the schema.
        case not, reference
        /// `first`: if; `second`: then; `count`: else, either of them `Program.none` where it is missing.
        case condition
    }

    var operation: Operation
    var location: UInt32
    var first: UInt32 = 0
    var second: UInt32 = 0
    var count: UInt32 = 0
}

/// The kinds of values as bits.
struct Kinds: OptionSet, BitwiseCopyable {
    var rawValue: UInt8
    static let null = Kinds(rawValue: 1), bool = Kinds(rawValue: 2), number = Kinds(rawValue: 4)
    static let string = Kinds(rawValue: 8), array = Kinds(rawValue: 16), object = Kinds(rawValue: 32)
    /// Only in schemas: numbers that are whole.
    static let integer = Kinds(rawValue: 64)
    static let all: Kinds = [.null, .bool, .number, .string, .array, .object]
}

/// A compiled schema: its kinds of values, and a row of instructions.
struct SchemaCode: BitwiseCopyable {
    var kinds = Kinds.all
    var first: UInt32 = 0
    var count: UInt32 = 0
    var location: UInt32 = 0
}

/// A text in the pool of bytes.
struct PoolText: BitwiseCopyable {
    var offset: UInt32
    var count: UInt32
    var hash: UInt32
}

/// What is said of the members of an object.
struct ObjectRules: BitwiseCopyable {
    /// Slots of the table of names; `slotMask + 1` of them, or none.
    var firstSlot: UInt32 = 0
    var slotMask: UInt32 = 0
    var propertyCount: UInt32 = 0
    var firstProperty: UInt32 = 0
    var requiredCount: UInt32 = 0
    var firstPattern: UInt32 = 0
    var patternCount: UInt32 = 0
    var additional = Program.none
    var names = Program.none
    var least: UInt32 = 0
    var most = UInt32.max
}

/// A name that an object's schema mentions.
struct PropertyRule: BitwiseCopyable {
    var text: PoolText
    /// The schema; `Program.none` for a name that is only required.
    var schema: UInt32
    var isRequired: Bool
}

/// A pattern of names with its schema.
struct PatternRule: BitwiseCopyable {
    var pattern: UInt32
    var schema: UInt32
}

/// What is said of the elements of an array.
struct ArrayRules: BitwiseCopyable {
    var firstPrefix: UInt32 = 0
    var prefixCount: UInt32 = 0
    var items = Program.none
    var contains = Program.none
    var leastContained: UInt32 = 1
    var mostContained = UInt32.max
    var least: UInt32 = 0
    var most = UInt32.max
    var areUnique = false
}

/// Some of the constants; for many texts with a table of their hashes.
struct Enumeration: BitwiseCopyable {
    var first: UInt32
    var count: UInt32
    var firstSlot: UInt32 = 0
    /// 0: there is no table.
    var slotMask: UInt32 = 0
}

/// A bound of numbers.
struct Bound: BitwiseCopyable {
    var text: PoolText
    /// The bound itself where `isInt64`.
    var value: Int64
    var isInt64: Bool
}

/// The magnitude of `multipleOf`: `digits` × 10^`power`.
struct Divisor: BitwiseCopyable {
    var digits: UInt64
    var power: Int
}

/// Where instructions come from, for people.
struct CodeLocation: Sendable {
    var keyword: String
    var location: SchemaLocation
}

/// A catalogue of schemas as flat tables.
///
/// The class exists for its tables' sake: a message is checked through their addresses, without counting references.
final class Program: @unchecked Sendable {
    // Sendable although it has pointers: the tables are filled before `init` returns, never written afterwards, and
    // freed when nobody has the program any more, nor one that shares them. Formats are Sendable functions.

    /// Stands for a schema that is not there.
    static let none = UInt32.max

    let codes: UnsafeMutableBufferPointer<SchemaCode>
    let instructions: UnsafeMutableBufferPointer<Instruction>
    let objects: UnsafeMutableBufferPointer<ObjectRules>
    let properties: UnsafeMutableBufferPointer<PropertyRule>
    let patternRules: UnsafeMutableBufferPointer<PatternRule>
    let arrays: UnsafeMutableBufferPointer<ArrayRules>
    let enumerations: UnsafeMutableBufferPointer<Enumeration>
    let constants: UnsafeMutableBufferPointer<Constant>
    let bounds: UnsafeMutableBufferPointer<Bound>
    let divisors: UnsafeMutableBufferPointer<Divisor>
    let texts: UnsafeMutableBufferPointer<PoolText>
    let lists: UnsafeMutableBufferPointer<UInt32>
    let slots: UnsafeMutableBufferPointer<UInt32>
    let bytes: UnsafeMutableBufferPointer<UInt8>
    let patterns: [TextSearch]
    let formats: [SchemaFormat]
    let locations: [CodeLocation]
    /// The values of each enumeration, for people.
    let enumerationTexts: [[String]]
    /// The program whose tables these are; nil: its own.
    private let owner: Program?

    init(_ tables: ProgramTables) {
        codes = Self.table(tables.codes)
        instructions = Self.table(tables.instructions)
        objects = Self.table(tables.objects)
        properties = Self.table(tables.properties)
        patternRules = Self.table(tables.patternRules)
        arrays = Self.table(tables.arrays)
        enumerations = Self.table(tables.enumerations)
        constants = Self.table(tables.constants)
        bounds = Self.table(tables.bounds)
        divisors = Self.table(tables.divisors)
        texts = Self.table(tables.texts)
        lists = Self.table(tables.lists)
        slots = Self.table(tables.slots)
        bytes = Self.table(tables.bytes)
        patterns = tables.patterns
        formats = tables.formats
        locations = tables.locations
        enumerationTexts = tables.enumerationTexts
        owner = nil
    }

    /// The tables of another program, with other checks for formats.
    /// - Parameter formats: as many as the other has, with the same names at the same places.
    init(sharing other: Program, formats: [SchemaFormat]) {
        codes = other.codes
        instructions = other.instructions
        objects = other.objects
        properties = other.properties
        patternRules = other.patternRules
        arrays = other.arrays
        enumerations = other.enumerations
        constants = other.constants
        bounds = other.bounds
        divisors = other.divisors
        texts = other.texts
        lists = other.lists
        slots = other.slots
        bytes = other.bytes
        patterns = other.patterns
        self.formats = formats
        locations = other.locations
        enumerationTexts = other.enumerationTexts
        owner = other.owner ?? other
    }

    deinit {
        guard owner == nil else { return }
        codes.deallocate()
        instructions.deallocate()
        objects.deallocate()
        properties.deallocate()
        patternRules.deallocate()
        arrays.deallocate()
        enumerations.deallocate()
        constants.deallocate()
        bounds.deallocate()
        divisors.deallocate()
        texts.deallocate()
        lists.deallocate()
        slots.deallocate()
        bytes.deallocate()
    }

    private static func table<Entry: BitwiseCopyable>(_ entries: [Entry]) -> UnsafeMutableBufferPointer<Entry> {
        let table = UnsafeMutableBufferPointer<Entry>.allocate(capacity: max(1, entries.count))
        _ = table.initialize(from: entries)
        return table
    }

    /// The bytes of a text.
    @inline(__always)
    func text(_ text: PoolText) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            rebasing: UnsafeRawBufferPointer(bytes)[Int(text.offset)..<Int(text.offset + text.count)])
    }

    /// A text for people.
    func string(_ text: PoolText) -> String { String(decoding: self.text(text), as: UTF8.self) }
}
