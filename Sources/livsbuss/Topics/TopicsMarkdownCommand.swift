import CommandLineTool
import Contracts
import LifeEvents
import Reports
import Terminal

extension TopicsCommand {
    /// `livsbuss topics markdown`
    static var markdown: Command {
        Command(
            "markdown", "Writes the contracts as pages for people, in Markdown.",
            discussion: """
                Owner by owner: each topic with class, purposes, legal basis and retention, each type with who says it, \
                who hears it by which rule, its fields and an example. With --observed it tells beside each how often \
                runs showed it, what was declared and never seen, and what was seen and not declared.
                """,
            examples: [
                "livsbuss topics markdown --output catalogue": "a page for each owner, in a folder",
                "livsbuss topics markdown --output catalogue.md": "all in one file",
                "livsbuss topics markdown --observed .livsbuss/last": "with the flows of the last run",
            ]
        ) { args in
            let folder: String? = args.option(
                "topics", value: "folder", "The folder of contracts.", complete: .directories)
            let path: String? = args.option(
                "output", value: "path", "A file that ends in .md, or a folder for a page an owner.", complete: .files)
            let observed: [String] = args.options(
                "observed", value: "run", "A run log, or the folder of a store; may be given again.", complete: .files)
            let output = args.output
            return {
                let folder = try Places.topicsFolder(folder)
                let uses = DeclaredUses(try Catalogue(folder: folder, schemas: .never))
                let pages = try MarkdownCatalogue(
                    folder: folder, readings: uses.readings, writings: uses.writings,
                    observed: observed.isEmpty ? nil : flows(observed))
                guard let path, path != "-" else {
                    output.write(pages.text)
                    return 0
                }
                guard !path.hasSuffix(".md") else {
                    try Places.write(pages.text, to: path)
                    return 0
                }
                try Places.makeFolder(path)
                for page in pages.pages { try Places.write(page.text, to: "\(path)/\(page.name)") }
                return 0
            }
        }
    }

    /// What runs showed, agencies of one owner taken together.
    private static func flows(_ paths: [String]) throws -> ObservedFlows {
        var flows = RunFlows()
        for path in paths { flows.add(try RunSource.open(path)) }
        return ObservedFlows(
            publications: flows.publications.compactMap { publication, count in
                AgencyID(publication.source).map {
                    ObservedFlows.Publication(type: EventType(publication.type), owner: $0.owner, count: count)
                }
            }.summed(),
            deliveries: flows.deliveries.compactMap { delivery, counts in
                AgencyID(delivery.agency).map {
                    ObservedFlows.Delivery(
                        type: EventType(delivery.type), owner: $0.owner,
                        rule: delivery.rule.isEmpty ? nil : delivery.rule, delivered: counts.delivered,
                        handled: counts.handled)
                }
            }.summed(),
            runs: paths)
    }
}

extension [ObservedFlows.Publication] {
    /// One for each type and owner; those of one type and owner stand side by side.
    fileprivate func summed() -> Self {
        reduce(into: []) { all, next in
            if let last = all.last, last.type == next.type, last.owner == next.owner {
                all[all.count - 1] = .init(type: next.type, owner: next.owner, count: last.count + next.count)
            } else {
                all.append(next)
            }
        }
    }
}

extension [ObservedFlows.Delivery] {
    /// One for each type, owner and rule, in the order in which they first stand.
    fileprivate func summed() -> Self {
        reduce(into: []) { all, next in
            let same = all.firstIndex { $0.type == next.type && $0.owner == next.owner && $0.rule == next.rule }
            guard let same else { return all.append(next) }
            all[same] = .init(
                type: next.type, owner: next.owner, rule: next.rule, delivered: all[same].delivered + next.delivered,
                handled: all[same].handled + next.handled)
        }
    }
}
