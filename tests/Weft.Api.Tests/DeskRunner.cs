using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Weft.Agents.Tools;
using Weft.Workflows.Contracts;

namespace Weft.Api.Tests;

/// <summary>Answers calls of <see cref="DeskTools"/> from memory, and notes them. The ticket T-0 is one whose line breaks off.</summary>
internal sealed class DeskRunner : IToolRunner
{
    public ConcurrentQueue<ToolAttempt> Attempts { get; } = [];

    public ToolEffect EffectOf(JsonObject arguments) => arguments["id"]?.ToString() == "T-0" ? ToolEffect.Writes : ToolEffect.Reads;

    public Task<ToolReply> RunAsync(ToolAttempt attempt, CancellationToken cancellationToken)
    {
        Attempts.Enqueue(attempt);
        var id = attempt.Arguments["id"]!.ToString(); // the schema asks for it
        return Task.FromResult<ToolReply>(id == "T-0"
            ? new ToolReply.Failed(new ToolFailure("network", "the line broke off", Retryable: true), Certainty.Unknown)
            : new ToolReply.Answered(
                new JsonObject { ["id"] = id, ["subject"] = $"ticket {id}", ["seen_with"] = attempt.Settings["token"]?.DeepClone() }));
    }
}
