import Glibc

/// A file that refuses every text, open for writing.
struct FullDisk {
    let descriptor: Int32

    init?() {
        descriptor = open("/dev/full", O_WRONLY)
        if descriptor < 0 { return nil }
    }
}
