import AgencyKit
import LifeEvents
import Testing

/// Who acts for an estate.
@Suite struct EstatePartnersTests {
    let widow = person("widow")
    let son = person("son")
    let minor = person("minor")
    let mother = person("mother")
    let godMan = person("god man")

    private static func person(_ name: String) -> Subject {
        Subject(seed: 1, scenario: "estate", case: "", name: name)
    }

    @Test func `a holder of age acts, and for a minor or one with a representative that one does, each once`() {
        let partners = EstatePartners([
            .init(widow), .init(son, actedFor: [godMan]), .init(minor, actedFor: [mother, widow]),
        ])
        #expect(partners.persons == [widow, son, minor])
        #expect(partners.actors == [widow, godMan, mother])
        #expect(partners.pages == partners.actors)
        for person in [widow, godMan, mother] { #expect(partners.mayAct(person)) }
        for person in [son, minor] { #expect(!partners.mayAct(person)) }
    }

    @Test func `nobody acts for a share whose holder has nobody, and for an estate that nobody is known of`() {
        let partners = EstatePartners([.init(minor, actedFor: [])])
        #expect(partners.actors.isEmpty && !partners.mayAct(minor))
        #expect(EstatePartners().actors.isEmpty && !EstatePartners().mayAct(widow))
    }
}
