import Agencies
import AgencyKit
import Contracts
import LifeEvents
import Testing

@Suite struct CatalogueTests {
    let shipped: Catalogue

    init() throws {
        shipped = try ShippedContracts.catalogue()
    }

    /// The owners that play, those that people are, and the bus: all that have topics.
    static let owners = BuiltInAgencies.owners + [.citizen, .livsbuss]

    @Test func `the shipped catalogue has the topics of those who play, and one for dead letters an owner`() {
        let names = shipped.topics.map(\.name)
        #expect(names == names.sorted())
        #expect(names.filter { !$0.hasSuffix(".dead-letter.v1") }.count >= 23)
        #expect(Set(shipped.topics.map(\.owner)) == Set(Self.owners))
        #expect(names.count { $0.hasSuffix(".dead-letter.v1") } == Self.owners.count)
        #expect(shipped.topic(named: "skatteverket.birth.v1")?.titleSwedish == "Födelse")
        #expect(shipped.topic(named: "skatteverket.birth") == nil)
    }

    @Test(arguments: owners)
    func `every owner has a topic for dead letters that holds the largest message of its topics`(owner: Owner) throws {
        let topic = try #require(shipped.topic(named: shipped.deadLetterTopic(of: owner)))
        #expect(topic.owner == owner)
        let own = shipped.topics.filter { $0.owner == owner && $0 != topic }
        #expect(own.allSatisfy { $0.maximumMessageBytes < topic.maximumMessageBytes })
        #expect(own.allSatisfy { $0.informationClass <= topic.informationClass })
    }

    @Test func `the name of a dead-letter topic needs no manifest`() {
        #expect(Catalogue([]).deadLetterTopic(of: .migrationsverket) == "migrationsverket.dead-letter.v1")
    }

    @Test func `the bus reads every topic`() {
        for topic in shipped.topics {
            #expect(topic.mayRead(team: "livsbuss", application: "livsbuss"), "\(topic.name)")
        }
    }

    @Test func `only the owner writes, but for forms, status tiles and dead letters`() {
        for topic in shipped.topics where !topic.name.hasSuffix(".dead-letter.v1") {
            let writers = Set(topic.access.filter(\.access.allowsWriting).map(\.team))
            if topic.name.hasSuffix(".filing.v1") {
                // Employers declare to the tax agency and report who is ill, and nobody else files beside people.
                let employers: Set = [.skatteverket, .forsakringskassan].contains(topic.owner) ? ["arbetsgivare"] : []
                #expect(writers == employers.union(["citizen"]), "\(topic.name)")
            } else if topic.name == "citizen.status-tile.v1" {
                let agencies = BuiltInAgencies.owners.filter { owner in
                    BuiltInAgencies.code(for: owner).contains { Self.setsTiles($0) }
                }
                #expect(agencies.count > 5)
                #expect(writers == Set(agencies.map(\.description)))
            } else {
                #expect(writers == [topic.owner.description], "\(topic.name)")
            }
        }
    }

    private static func setsTiles<Code: Agency>(_ code: Code) -> Bool {
        Code.publications.contains { $0.type == StatusTile.type }
    }

    @Test func `nobody but the bus reads what no rule hears`() throws {
        for name in ["kommun.elder-care.v1", "forsakringskassan.recovery.v1"] {
            let topic = try #require(shipped.topic(named: name))
            let readers = Set(topic.access.filter(\.access.allowsReading).map(\.team))
            #expect(readers == [topic.owner.description, "livsbuss"], "\(name)")
        }
        let pensions = try #require(shipped.topic(named: "pensionsmyndigheten.pension-decision.v1"))
        #expect(!pensions.mayRead(team: "kommun", application: "bistand"))
    }

    @Test func `only family law and the register know that a parent is missing`() throws {
        let topic = try #require(shipped.topic(named: "skatteverket.parenthood-missing.v1"))
        #expect(topic.mayRead(team: "kommun", application: "familjeratt"))
        #expect(!topic.mayRead(team: "kommun", application: "forskola"))
        #expect(!topic.mayWrite(team: "kommun", application: "familjeratt"))
        #expect(!topic.mayRead(team: "forsakringskassan", application: "forsakringskassan"))
    }

    @Test func `no message but an answer has to name its purpose`() {
        let several = shipped.topics.filter { $0.purposes.count != 1 }.map(\.name)
        #expect(several.allSatisfy { $0.hasSuffix(".need.v1") || $0.hasSuffix(".answer.v1") })
    }

    @Test func `all topics with a subject have equally many partitions`() {
        let topics = shipped.topics.filter { !$0.name.hasSuffix(".dead-letter.v1") }
        #expect(Set(topics.map(\.partitions)).count == 1)
    }

    @Test func `every field of a manifest arrives`() throws {
        let folder = try TopicsFolder(["skatteverket/birth.v1.yaml": soundManifest])
        var config = TopicConfig()
        config.partitions = 4
        config.retentionHours = 24
        config.maximumMessageBytes = 2_000
        let expected = TopicManifest(
            owner: .skatteverket, name: "skatteverket.birth.v1", config: config,
            access: [
                AccessRule(team: "skatteverket", application: "folkbokforing", access: .readwrite),
                AccessRule(team: "region", application: "region", access: .read),
            ], informationClass: .c2, purposes: ["registration", "child-care"], legalBasis: "lag (2001:182)",
            titleSwedish: "Födelse", titleEnglish: "Birth", file: "\(folder.path)/skatteverket/birth.v1.yaml")
        #expect(try Catalogue(folder: folder.path).topics == [expected])
    }

    @Test func `what a manifest leaves out has the default of nais`() throws {
        var text = soundManifest
        for line in ["partitions: 4", "replication: 3", "minimumInSyncReplicas: 2", "cleanupPolicy: delete"] {
            text = text.replacing("    \(line)\n", with: "")
        }
        text = text.replacing("    maxMessageBytes: 2000\n", with: "")
        text = text.replacing("    livsbuss.se/legal-basis: lag (2001:182)\n", with: "")
        let folder = try TopicsFolder(["skatteverket/birth.v1.yaml": text])
        let topic = try #require(try Catalogue(folder: folder.path).topics.first)
        #expect(topic.partitions == 1)
        #expect(topic.replication == 3)
        #expect(topic.minimumInSyncReplicas == 2)
        #expect(topic.cleanupPolicy == .delete)
        #expect(topic.maximumMessageBytes == 1_048_588)
        #expect(topic.legalBasis == nil)
    }

    @Test func `notes, schemas and hidden files beside the manifests are left alone`() throws {
        let folder = try TopicsFolder([
            "README.md": "", ".cache/x.yaml": "", "skatteverket/birth.v1.schema.json": "{}",
            "skatteverket/.birth.v1.yaml": "", "skatteverket/birth.v1.yaml": soundManifest,
        ])
        #expect(try Catalogue(folder: folder.path, schemas: .never).topics.count == 1)
    }
}
