import LifeEvents

/// What a firm reads of its permit.
enum ServingTexts {
    private static let words = ["noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio"]

    /// `två`
    static func count(_ number: Int) -> String { words.indices.contains(number) ? words[number] : "\(number)" }
    /// `Två`
    static func capital(_ text: String) -> String { "\(text.prefix(1).uppercased())\(text.dropFirst())" }
    /// `polisen och räddningstjänsten`
    static func names(_ parties: [AgencyID]) -> String { Amounts.list(parties.map { ServingMunicipality.name($0) }) }

    /// What lacks, and by when it must be sent.
    static func lacking(_ lacks: [KommunPermitsCase.Application.Lack], by day: Day) -> String {
        let last = SwedishText.day(day)
        guard let only = lacks.first, lacks.count == 1 else {
            return "Det här saknas: \(Amounts.list(lacks.map(\.name))). Skicka det senast \(last)"
        }
        let verb =
            switch only {
            case .lease: "Skicka det"
            case .floorPlan, .financing: "Skicka den"
            case .fee: "Betala den"
            }
        return "\(capital(only.name)) saknas. \(verb) senast \(last)"
    }

    /// How the answers stand, once some have come.
    static func standing(_ referrals: KommunPermitsCase.Referrals, latest: AgencyID) -> String {
        let total = referrals.all.count
        let silent = referrals.silent
        let answered = total - silent.count
        guard let by = referrals.all.filter({ $0.answeredOn == nil }).map(\.by).max() else { return "" }
        let last = SwedishText.day(by)
        if answered == 1 {
            let lack = silent.count == 1 ? "Ett svar saknas" : "\(capital(count(silent.count))) svar saknas"
            return "\(capital(ServingMunicipality.name(latest))) har svarat. \(lack), sista dag \(last)"
        }
        return "\(capital(count(answered))) av \(count(total)) har svarat. Väntar på \(names(silent)) till \(last)"
    }

    /// Who must pass the test: `Minst en av er två i styrelsen`.
    static func candidates(_ state: KommunPermitsCase) -> String {
        let board = state.board.count
        return board > 1
            ? "Minst \(count(state.mustPass)) av er \(count(board)) i styrelsen ska klara det"
            : "Du som är ensam i styrelsen ska klara det"
    }

    /// Why an application is refused: words for codes, and no text of who objects.
    static func ground(_ refusal: KommunPermitsCase.Refusal?, _ grounds: [ServingGround]) -> String {
        switch refusal {
        case .test: "kunskapsprovet är inte godkänt. Ny ansökan och ny avgift krävs"
        case .food: "det saknas kök och varierad mat"
        case .objection where !grounds.isEmpty: Amounts.list(grounds.map(\.words))
        case .objection, nil: "det finns invändningar mot den"
        }
    }
}

extension KommunPermitsCase.Application.Lack {
    /// What it is called in a sentence.
    var name: String {
        switch self {
        case .lease: "ett hyresavtal"
        case .floorPlan: "en planritning"
        case .financing: "en finansieringsplan"
        case .fee: "avgiften"
        }
    }
}

extension ServingGround {
    /// What follows `för`.
    var words: String {
        switch self {
        case .fitness: "bolaget har inte visat att det är lämpligt"
        case .publicOrder: "ordningen kan störas"
        case .unpaidTax: "skatt är inte betald"
        case .missingReturns: "deklarationer saknas"
        case .debts: "det finns skulder"
        case .fireSafety: "brandsäkerheten räcker inte"
        case .foodSafety: "livsmedelshanteringen räcker inte"
        case .noise: "grannar kan störas"
        }
    }
}

extension ServingTexts {
    /// `en gång till`, `två gånger till`
    static func times(_ number: Int) -> String { number == 1 ? "en gång till" : "\(count(number)) gånger till" }
}
