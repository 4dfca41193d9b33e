/// The contracts that `livsbuss new` writes.
enum NewContracts {
    private static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    /// `monthly-payment` of `lotteri`: LotteriMonthlyPayment.
    private static func swiftName(_ parts: [Substring]) -> String {
        parts.flatMap { $0.split(separator: "-") }.map { capitalised(String($0)) }.joined()
    }

    static func agency(_ owner: String) -> String {
        """
        owner: \(owner)
        titles: {sv: \(capitalised(owner)), en: \(capitalised(owner))}
        kind: agency

        """
    }

    /// - Parameter rows: `team: access`, or `team/application: access`, besides that of the bus.
    static func topic(
        _ owner: String, _ noun: String, _ titleSwedish: String, _ title: String, version: String = "v1", rows: [String]
    ) -> String {
        let acl = rows.map { row in
            let parts = row.split(separator: ":")
            let access = parts[1].drop { $0 == " " }
            let party = parts[0].split(separator: "/")
            return "    - {team: \(party[0]), application: \(party[party.count - 1]), access: \(access)}\n"
        }.joined()
        return """
            # Class, purpose, retention and legal basis are assumptions: the duty of service, until the law is found.
            apiVersion: kafka.nais.io/v1
            kind: Topic
            metadata:
              name: \(noun).\(version)
              namespace: \(owner)
              labels:
                team: \(owner)
              annotations:
                livsbuss.se/title-sv: \(capitalised(titleSwedish)) (\(owner))
                livsbuss.se/title-en: \(capitalised(title)) (\(owner))
                livsbuss.se/class: C2
                livsbuss.se/purposes: case-handling
                livsbuss.se/legal-basis: 6 § förvaltningslagen (2017:900)
            spec:
              pool: livsbuss
              config:
                partitions: 4
                replication: 3
                minimumInSyncReplicas: 2
                cleanupPolicy: delete
                retentionHours: 9490
              acl:
            \(acl)    - {team: livsbuss, application: livsbuss, access: read}

            """
    }

    static func deadLetters(_ owner: String) -> String {
        """
        # Takes what broke a contract of this owner or what it could not handle; class and 90 days are assumptions.
        apiVersion: kafka.nais.io/v1
        kind: Topic
        metadata:
          name: dead-letter.v1
          namespace: \(owner)
          labels:
            team: \(owner)
          annotations:
            livsbuss.se/title-sv: Fellager (\(owner))
            livsbuss.se/title-en: Dead letters (\(owner))
            livsbuss.se/class: C2
            livsbuss.se/purposes: fault-handling
        spec:
          pool: livsbuss
          config:
            partitions: 1
            replication: 3
            minimumInSyncReplicas: 2
            cleanupPolicy: delete
            retentionHours: 2160
            maxMessageBytes: 2097152
          acl:
            - {team: \(owner), application: \(owner), access: readwrite}
            - {team: citizen, application: citizen, access: write}
            - {team: livsbuss, application: livsbuss, access: readwrite}

        """
    }

    private static func schema(
        _ type: String, title: String, swedish: String, about: String, chain: String, properties: String,
        required: String,
        example: String
    ) -> String {
        let parts = type.split(separator: ".")
        let file = parts.dropFirst().joined(separator: ".")
        return """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "$id": "https://livsbuss.se/topics/\(parts[0])/\(file).schema.json",
              "title": "\(title)",
              "description": "\(title) (\(parts[0])).",
              "x-livsbuss": {
                "title-sv": "\(swedish)",
                "swift": "\(swiftName([parts[0]] + parts.dropFirst().dropLast()))",
                "about": \(about),
                "chain": "\(chain)"
              },
              "type": "object",
              "properties": {
            \(properties)
              },
              "required": [\(required)],
              "additionalProperties": false,
              "examples": [\(example)]
            }

            """
    }

    private static func property(_ name: String, _ definition: String, _ description: String, _ marks: String) -> String
    {
        """
            "\(name)": {
              "$ref": "../types.schema.json#/$defs/\(definition)",
              "description": "\(description)",
              "x-livsbuss": {\(marks)}
            }
        """
    }

    static func application(_ owner: String) -> String {
        schema(
            "\(owner).filing.application.v1", title: "Application", swedish: "Ansökan",
            about: #"{"subject": "the applicant", "fields": ["filedBy"]}"#, chain: "once",
            properties: [
                property("filedBy", "subject", "Who filed.", #""group": "relations", "relation": "filer""#),
                property("from", "day", "From when it is applied for.", #""group": "facts""#),
            ].joined(separator: ",\n"),
            required: #""filedBy", "from""#, example: #"{"filedBy": "pbcdfghjklmnpqrs", "from": "2026-03-20"}"#)
    }

    static func decision(_ owner: String) -> String {
        schema(
            "\(owner).decision.v1", title: "Decision", swedish: "Beslut",
            about: #"{"subject": "the applicant"}"#, chain: "fact",
            properties: [
                property("caseRef", "reference", "The case.", #""group": "facts""#),
                property("from", "day", "From when it holds.", #""group": "facts""#),
            ].joined(separator: ",\n"),
            required: #""caseRef", "from""#, example: #"{"caseRef": "case-1", "from": "2026-03-20"}"#)
    }

    static func type(_ name: String) -> String {
        let parts = name.split(separator: ".").dropFirst().dropLast()
        let isFiling = parts.first == "filing"
        let title = capitalised(parts.joined(separator: " ").replacing("-", with: " "))
        let filer = property("filedBy", "subject", "Who filed.", #""group": "relations", "relation": "filer""#)
        let day = property("from", "day", "From when it holds.", #""group": "facts""#)
        return schema(
            name, title: title, swedish: title,
            about: isFiling ? #"{"subject": "the applicant", "fields": ["filedBy"]}"# : #"{"subject": "the person"}"#,
            chain: isFiling ? "once" : "fact",
            properties: (isFiling ? [filer, day] : [day]).joined(separator: ",\n"),
            required: isFiling ? #""filedBy", "from""# : #""from""#,
            example: isFiling
                ? #"{"filedBy": "pbcdfghjklmnpqrs", "from": "2026-03-20"}"# : #"{"from": "2026-03-20"}"#)
    }
}
