public import JSON

/// The rows of a citizen's status page.
public enum TileName: String, Codable, CaseIterable, Sendable, JSONReadable, JSONWritable {
    case childRegistered = "child-registered", parenthood, name
    case childBenefit = "child-benefit", parentalBenefit = "parental-benefit", childHealth = "child-health", preschool
    case deathRegistered = "death-registered", stopped, survivorsPension = "survivors-pension"
    case estateInventory = "estate-inventory"
    case moveNotice = "move-notice", oldMunicipality = "old-municipality", newMunicipality = "new-municipality"
    case housingAllowance = "housing-allowance", healthCare = "health-care", employmentService = "employment-service"

    /// Reads the text of a value.
    /// - Throws: `JSONDecodingError` for another text, and for what is no text.
    public init(json source: JSONSource) throws {
        guard let value = Self(rawValue: try String(json: source)) else {
            throw ValueText.unknown(source, Self.self)
        }
        self = value
    }

    /// Writes the text of the value.
    public func write(json writer: inout JSONWriter) { writer.string(rawValue) }
}
