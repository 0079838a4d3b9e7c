namespace Weft.Agents.Models.Providers;

/// <summary>A provider's failure in its own terms, before it is classified. Its message holds nothing that the provider wrote.</summary>
internal sealed class WireFailureException(WireStage stage, string what, Exception? innerException = null) : Exception(what, innerException)
{
    public WireStage Stage { get; } = stage;

    /// <summary>Gets the status of HTTP; null: there was no answer, or what is wrong with it lies within.</summary>
    public int? Status { get; init; }

    /// <summary>Gets the provider's words for the failure (<c>code</c>, <c>type</c>, <c>status</c>, <c>param</c>), lower case.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Gets what the provider wrote. It may quote the prompt or the key: never shown as it is.</summary>
    public string? Detail { get; init; }

    /// <summary>Gets how long the provider asks to be left alone; null: it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the provider used a word of its protocol, lower case.</summary>
    public bool Says(string word) => Words.Contains(word, StringComparer.Ordinal);

    /// <summary>Whether the provider wrote a text, in whatever case.</summary>
    public bool DetailSays(string text) => Detail?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
}
