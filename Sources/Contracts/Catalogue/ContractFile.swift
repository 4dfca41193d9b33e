internal import LifeEvents
internal import YAML

/// A file in an owner's folder.
struct ContractFile: Sendable {
    let owner: Owner
    let folder: String
    let name: String

    /// What was read of a file: one of the two, or what is wrong with it; nothing of a file that is neither.
    struct Reading: Sendable {
        var agency: AgencyReading?
        var topic: TopicManifest?
        /// Where the parts of the manifest stand.
        var places: ManifestPlaces?
        var problems: [ContractProblem] = []
    }

    /// The files of a folder, by name.
    /// - Parameter problems: gets what is wrong with the folder itself.
    static func files(
        in path: String, named name: String, _ problems: inout [ContractProblem]
    ) -> [ContractFile] {
        guard let owner = Owner(text: name) else {
            problems.append(
                ContractProblem(
                    file: path, message: "the folder is named after no owner; use 3 to 20 letters a to z"))
            return []
        }
        let names = FolderListing.names(in: path, .files, &problems)
        if !names.contains(AgencyReader.fileName) {
            problems.append(
                ContractProblem(
                    file: path,
                    message: "the owner has no \(AgencyReader.fileName), which says its titles and branches"))
        }
        return names.map { ContractFile(owner: owner, folder: path, name: $0) }
    }

    /// Reads the owner's declaration, or a manifest.
    func read() -> Reading {
        var reading = Reading()
        let path = "\(folder)/\(name)"
        if name.hasSuffix(".yml") {
            reading.problems.append(
                ContractProblem(file: path, message: "name the file .yaml, or it is not read"))
        }
        guard name.hasSuffix(".yaml") else { return reading }
        do throws(YAMLError) {
            let document = try YAMLDocument(contentsOf: path)
            if name == AgencyReader.fileName {
                var reader = AgencyReader(document, owner: owner)
                reading.agency = reader.read()
                reading.problems += reader.findings.sorted
            } else {
                var reader = ManifestReader(document, owner: owner, fileName: String(name.dropLast(5)))
                reading.topic = reader.read()
                reading.places = reader.places
                reading.problems += reader.findings.sorted
            }
        } catch {
            reading.problems.append(ContractProblem(error))
        }
        return reading
    }
}
