using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Weft.Agents.Tools;
using Weft.Workflows.Failures;

namespace Weft.Extending.Tests.Tools;

/// <summary>What the tools are there for: three pieces of each item, until they are taken.</summary>
public sealed class Warehouse
{
    private readonly ConcurrentDictionary<string, int> _pieces = new(StringComparer.Ordinal);

    public ToolReply Count(ToolAttempt attempt) => new ToolReply.Answered(new JsonObject
    {
        ["pieces"] = _pieces.GetOrAdd(Item(attempt), 3),
        ["site"] = attempt.Settings["site"]?.DeepClone(),
    });

    public ToolReply Take(ToolAttempt attempt)
    {
        var left = _pieces.AddOrUpdate(Item(attempt), 2, (_, pieces) => pieces - 1);
        return left >= 0
            ? new ToolReply.Answered(new JsonObject { ["left"] = left })
            : new ToolReply.Failed(
                ToolFailureKind.ProviderError.Failure($"No piece of '{Item(attempt)}' is left. Take another item."), Certainty.NotDone);
    }

    private static string Item(ToolAttempt attempt) => attempt.Arguments["item"]!.ToString(); // the schema asks for it
}
