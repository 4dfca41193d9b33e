import Parallel
import Synchronization
import Testing

/// What is done on all cores gives what is done on one.
@Suite struct ParallelMapTests {
    @Test(arguments: [0, 1, 2, 3, 64, 1_001])
    func `values come in the order of their elements, each made once`(count: Int) {
        let calls = Mutex<[Int]>([])
        let values = (0..<count).mapInParallel { element in
            calls.withLock { $0.append(element) }
            return element * element
        }
        #expect(values == (0..<count).map { $0 * $0 })
        #expect(calls.withLock { $0.sorted() } == Array(0..<count))
    }

    @Test func `a part of a collection starts where it starts`() {
        #expect(Array(0..<100)[40..<60].mapInParallel { $0 } == Array(40..<60))
    }
}
