import LifeEvents
import Testing

/// Functions that are the same on every machine.
@Suite struct NumericTests {
    @Test(arguments: [
        (0.0, 1.0), (1.0, 2.718281828459045), (-10, 4.5399929762484854e-05), (2.302585092994046, 10.0),
        (-0.25, 0.7788007830714049), (30, 10_686_474_581_524.463),
    ])
    func `the exponential is that of the tables, to twelve figures`(power: Double, value: Double) {
        #expect((Numeric.exponential(power) - value).magnitude <= 1e-12 * value)
    }

    @Test(arguments: [
        (1.0, 0.0), (1.2, 0.1823215567939546), (2.0, 0.6931471805599453), (10, 2.302585092994046),
        (400, 5.991464547107982), (1e9, 20.72326583694641),
    ])
    func `the logarithm is that of the tables`(value: Double, logarithm: Double) {
        #expect((Numeric.logarithm(value) - logarithm).magnitude <= 1e-12 * max(1, logarithm))
        #expect((Numeric.exponential(logarithm) - value).magnitude <= 1e-11 * value)
    }
}
