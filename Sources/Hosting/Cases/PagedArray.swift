/// An array that grows a page at a time and never moves what it holds: an array that doubles takes three times the
/// memory of its elements at the moment at which it grows, and twice as much after it.
package struct PagedArray<Element: Sendable>: Sendable {
    private var pages: [[Element]] = []
    private let filler: Element

    /// The elements of a page: few, for of the last page of each of some thirty runners half is empty.
    package static var pageSize: Int { 512 }

    /// An empty array.
    /// - Parameter filler: what stands in each place of a new page.
    package init(repeating filler: Element) { self.filler = filler }

    /// How many elements there are: whole pages.
    package var count: Int { pages.count * Self.pageSize }

    package mutating func appendPage() { pages.append([Element](repeating: filler, count: Self.pageSize)) }

    package subscript(place: Int) -> Element {
        get { pages[place / Self.pageSize][place % Self.pageSize] }
        _modify { yield &pages[place / Self.pageSize][place % Self.pageSize] }
    }
}
