// The one door to OpenSSL's TLS: a client's handshake on a descriptor of ours that never blocks, and what the
// server showed in it. Plain types only.
#ifndef CTLS_H
#define CTLS_H

#include <stddef.h>
#include <stdint.h>

// What all handshakes with the same files share: trusted CAs and our own certificate.
typedef struct ctls_context ctls_context;
typedef struct ctls_session ctls_session;

enum { CTLS_NO_MEMORY = 1, CTLS_BAD_CA = 2, CTLS_BAD_CERTIFICATE = 3 };

// NULL: none of that; without `ca` the system's CAs are trusted. On failure NULL, and why in `problem`.
ctls_context *ctls_context_new(const char *ca, const char *certificate, const char *key, int *problem);
void ctls_context_free(ctls_context *context);

// `name` goes into the handshake (SNI) unless it is an address, and the certificate must be for it. Without
// `verify` everything is accepted, and verification still tells what was wrong. The descriptor stays the
// caller's. NULL: no memory.
ctls_session *ctls_session_new(ctls_context *context, int descriptor, const char *name, int verify);
void ctls_session_free(ctls_session *session);

// Results of the four below, where they are no count of bytes.
enum { CTLS_WANTS_READ = -1, CTLS_WANTS_WRITE = -2, CTLS_FAILED = -3 };

// 0 once it is done.
int ctls_handshake(ctls_session *session);
// 0 once the other side has ended it.
ptrdiff_t ctls_read(ctls_session *session, uint8_t *bytes, size_t count);
ptrdiff_t ctls_write(ctls_session *session, const uint8_t *bytes, size_t count);
// Says good-bye, without waiting for an answer.
void ctls_close(ctls_session *session);

// OpenSSL's X509_V_ERR_ number; 0 where nothing was wrong, -1 while there was nothing to look at.
long ctls_verification(const ctls_session *session);
// OpenSSL's own words for what failed last; empty when it said nothing. `error:0A00010B:SSL routines::…`.
const char *ctls_error(const ctls_session *session);
// errno of the last failure; 0 when it was none of the system's.
int ctls_system_error(const ctls_session *session);
// `TLSv1.3`; `TLS_AES_256_GCM_SHA384`, empty before one was agreed.
const char *ctls_version(const ctls_session *session);
const char *ctls_cipher(const ctls_session *session);

// Certificates as the server sent them, its own first.
int ctls_chain_count(const ctls_session *session);

enum ctls_text { CTLS_SUBJECT, CTLS_ISSUER, CTLS_NAMES, CTLS_SERIAL, CTLS_FINGERPRINT };
// Of the certificate at `index`: RFC 2253 names; alternative names with a line feed after each; numbers in
// lower-case hexadecimal. Without control characters. NULL when there is none; else to be given to ctls_free.
char *ctls_certificate_text(const ctls_session *session, int index, enum ctls_text what);
void ctls_free(char *text);
// Seconds since 1970 when it begins, or ends, to be valid. 0 when `seconds` was set.
int ctls_certificate_time(const ctls_session *session, int index, int end, int64_t *seconds);
// When the first certificate of the verified chain expires. 0 when `seconds` was set.
int ctls_trusted_until(const ctls_session *session, int64_t *seconds);

#endif
