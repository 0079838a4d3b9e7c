namespace Weft.Language;

/// <summary>What sort of thing went wrong: whose move it is, and what the edges answer.</summary>
/// <remarks>The API has one status for each, the command line an exit code; a queue asks <see cref="Fault.Retryable"/>.</remarks>
public enum FaultCategory
{
    /// <summary>What was sent cannot be read at all: a body, a parameter, a cursor, a key.</summary>
    Malformed,

    /// <summary>Nobody can tell who asks: a key or a signature is missing or wrong.</summary>
    Unauthenticated,

    /// <summary>Whoever asks may not do this.</summary>
    Forbidden,

    /// <summary>What is asked for is not there.</summary>
    NotFound,

    /// <summary>It does not fit the state that something is in, or somebody else changed it meanwhile.</summary>
    Conflict,

    /// <summary>What was sent is larger than what is taken.</summary>
    TooLarge,

    /// <summary>What was sent is of a kind that is not taken here.</summary>
    UnsupportedMedia,

    /// <summary>It can be read, and is wrong: an input, a definition, a name in it.</summary>
    Invalid,

    /// <summary>More was asked for than is allowed in a span of time.</summary>
    RateLimited,

    /// <summary>The product itself, or what it stored, is wrong.</summary>
    Internal,

    /// <summary>This host does not do that.</summary>
    NotImplemented,

    /// <summary>A service behind this one refused, failed or could not be reached.</summary>
    Upstream,

    /// <summary>It cannot be done now: something stops, is overloaded, broken or not set up.</summary>
    Unavailable,

    /// <summary>A service behind this one did not answer in time.</summary>
    UpstreamTimeout,
}
