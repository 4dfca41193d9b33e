internal import LifeEvents

extension Catalogue {
    /// What a party of an access list is called: `Kommun, Förskola` and `Municipality, Preschool`; the names of the row
    /// where no `agency.yaml` declares it.
    func titles(team: String, application: String) -> Titles {
        guard let owner = Owner(text: team), let agency = agency(of: owner) else {
            return Titles(swedish: "\(team)/\(application)", english: "\(team)/\(application)")
        }
        guard let branch = agency.branches.first(where: { $0.branch.name == application }) else { return agency.titles }
        return Titles(
            swedish: "\(agency.titles.swedish), \(branch.titles.swedish)",
            english: "\(agency.titles.english), \(branch.titles.english)")
    }

    /// What a branch of an owner is called: `Kommun, Förskola` and `Municipality, Preschool`.
    public func titles(of party: Party) -> Titles {
        titles(team: party.owner.description, application: party.branch.name)
    }
}
