using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Weft.Workflows.Contracts;

/// <summary>What a tool call came to. What the tool itself reports as failed is a value: an agent may go on from it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Succeeded), "succeeded")]
[JsonDerivedType(typeof(Failed), "failed")]
public abstract record ToolOutcome
{
    /// <summary>The tool did it.</summary>
    /// <param name="Output">What it answered; a large answer is a stored payload.</param>
    /// <param name="DurationMs">How long it took.</param>
    public sealed record Succeeded(JsonNode? Output, long DurationMs) : ToolOutcome
    {
        /// <summary>Gets a value indicating whether the answer came from the cache.</summary>
        public bool Cached { get; init; }

        /// <summary>Gets a value indicating whether the answer had been recorded by an earlier delivery of the same call.</summary>
        public bool Replayed { get; init; }
    }

    /// <summary>It did not.</summary>
    /// <param name="Failure">Why.</param>
    /// <param name="DurationMs">How long it took.</param>
    public sealed record Failed(ToolFailure Failure, long DurationMs) : ToolOutcome
    {
        /// <summary>
        /// Gets the requests that were sent, which are all that the tool's own attempts allow; null: a release recorded it that did not
        /// tell.
        /// </summary>
        public int? Attempts { get; init; }
    }
}
