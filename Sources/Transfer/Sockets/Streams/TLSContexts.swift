internal import CTLS
internal import CTransfer
internal import Wire

/// Trusted CAs and a certificate of ours, as OpenSSL keeps them.
final class TLSContext {
  let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) {
    self.pointer = pointer
  }

  deinit { ctls_context_free(pointer) }
}

/// Makes contexts. The one that trusts the system's CAs, and shows no certificate, is kept; files are read anew
/// each time, for they change when certificates are renewed.
final class TLSContexts {
  private var usual: TLSContext?

  enum Problem: Error, Equatable {
    case noMemory, badCA, badCertificate

    /// What libcurl says of the same.
    var code: CURLcode {
      switch self {
      case .noMemory: CURLE_OUT_OF_MEMORY
      case .badCA: CURLE_SSL_CACERT_BADFILE
      case .badCertificate: CURLE_SSL_CERTPROBLEM
      }
    }
  }

  func context(for tls: Request.TLS) throws(Problem) -> TLSContext {
    let isUsual = tls.ca == nil && tls.certificate == nil
    if isUsual, let usual { return usual }
    var problem: Int32 = 0
    guard let pointer = ctls_context_new(tls.ca, tls.certificate, tls.key, &problem) else {
      switch problem {
      case Int32(CTLS_BAD_CA): throw .badCA
      case Int32(CTLS_BAD_CERTIFICATE): throw .badCertificate
      default: throw .noMemory
      }
    }
    let context = TLSContext(pointer)
    if isUsual { usual = context }
    return context
  }
}
