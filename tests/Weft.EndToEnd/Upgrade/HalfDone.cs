using System.Text.Json.Nodes;

namespace Weft.EndToEnd.Upgrade;

/// <summary>An execution that a build left half done, and what became of it when the same build went on.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="ExecutionId">Its id.</param>
/// <param name="Signal">The signal that it waits for; null when it goes on by itself.</param>
/// <param name="Modelled">Whether models write its texts: then they are theirs, and only its steps can be compared.</param>
/// <param name="Document">The document of its end.</param>
internal sealed record HalfDone(string Name, string ExecutionId, JsonObject? Signal, bool Modelled, JsonObject? Document);
