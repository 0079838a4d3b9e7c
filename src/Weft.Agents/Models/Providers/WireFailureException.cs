namespace Weft.Agents.Models.Providers;

/// <summary>How far a call got before it failed.</summary>
internal enum WireStage
{
    /// <summary>No answer came: the connection failed.</summary>
    Connect,

    /// <summary>The provider answered a status that is no success.</summary>
    Status,

    /// <summary>An answer came, and it is not what the protocol says.</summary>
    Reply,
}

/// <summary>A provider's failure in its own terms, before it is classified. Its message holds nothing that the provider wrote.</summary>
internal sealed class WireFailureException(WireStage stage, string what, Exception? innerException = null) : Exception(what, innerException)
{
    public WireStage Stage { get; } = stage;

    public int? Status { get; init; }

    /// <summary>Gets the provider's words for the failure (<c>code</c>, <c>type</c>, <c>status</c>, <c>param</c>), lower case.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Gets what the provider wrote. It may quote the prompt or the key: never shown as it is.</summary>
    public string? Detail { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public bool Says(string word) => Words.Contains(word, StringComparer.Ordinal);

    public bool DetailSays(string text) => Detail?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
}
