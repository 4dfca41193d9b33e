import JSON
import LifeEvents
import Scenarios
import Testing

@Suite struct LanguagePayloadTests {
    static let types: [any LifeEvent.Type] = [
        RegisterEntry.self, MedicalCertificate.self, BirthNotice.self, DeathCertificate.self, BenefitApplication.self,
        BenefitBasis.self, FamilyRelation.self, BenefitDecision.self, MunicipalParenthoodConfirmation.self,
        MunicipalApplication.self,
        NameFiling.self, EstateInventoryFiling.self, MoveNotice.self, PensionDecision.self, ElderCare.self,
        JobSeekerRegistration.self, MunicipalCaseStatus.self, PlaceAnswer.self, FamilyRelation.self,
    ]

    @Test(arguments: ["first-child", "death", "move"])
    func `the payloads of a shipped scenario are what their types describe`(name: String) throws {
        let path = "\(LanguageShippedTests.folder)/\(name).yaml"
        let scenario = try #require(ScenarioFile.parse(path: path).scenario)
        let published = scenario.steps.compactMap { step -> (String, DataNode)? in
            if case .publish(let publication) = step.action { (publication.type.value, publication.data) } else { nil }
        }
        for (type, data) in scenario.facts.map({ ($0.type.value, $0.data) }) + published {
            var writer = JSONWriter()
            data.write(into: &writer, on: scenario.timeline) { Subject(seed: 1, scenario: name, case: "", name: $0) }
            let event = try #require(Self.types.first { $0.type.description == type }, "\(type)")
            try decode(event, writer.bytes)
        }
    }

    private func decode<Event: LifeEvent>(_ type: Event.Type, _ bytes: [UInt8]) throws {
        _ = try JSONTape.reading(bytes) { try $0.decode(Event.self) }
    }
}
