using Weft.Language;

namespace Weft.Runtime.Executions;

/// <summary>An idempotency key started something else before.</summary>
/// <param name="key">The key.</param>
internal sealed class IdempotencyKeyReusedException(string key)
    : WeftException(
        "idempotency_key_reused", Fault.Conflict,
        $"The Idempotency-Key '{key}' was used for a start with another input or context. Use a new key for a new request.");
