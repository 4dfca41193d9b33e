extension YAMLDocument {
    /// The document with other texts in its values and keys; places stay those of the file. Of two keys of one mapping that
    /// become alike the first stays.
    public func rewriting(_ text: (_ text: String, _ style: YAMLScalarStyle) -> String) -> YAMLDocument {
        YAMLDocument(file: file, utf8: utf8, root: root.rewriting(text))
    }
}

extension YAMLNode {
    fileprivate func rewriting(_ text: (String, YAMLScalarStyle) -> String) -> YAMLNode {
        let content: Content =
            switch self.content {
            case .scalar(let own, let style): .scalar(text: text(own, style), style: style)
            case .sequence(let items): .sequence(items.map { $0.rewriting(text) })
            case .mapping(let entries): .mapping(Self.rewriting(entries, text))
            }
        return YAMLNode(content: content, range: range, file: file)
    }

    private static func rewriting(_ entries: [YAMLEntry], _ text: (String, YAMLScalarStyle) -> String) -> [YAMLEntry] {
        var names: Set<String> = []
        return entries.compactMap { entry in
            let key = entry.key.rewriting(text)
            guard names.insert(key.scalar ?? "").inserted else { return nil }
            return YAMLEntry(key: key, value: entry.value.rewriting(text))
        }
    }
}
