using System.Text.Json.Nodes;
using Weft.Agents.Tools;

namespace Weft.Extending.Tests.Tools;

/// <summary>Makes one attempt of a call.</summary>
public sealed class StockRunner(ToolEffect effect, Func<ToolAttempt, ToolReply> work) : IToolRunner
{
    public ToolEffect Effect => effect;

    public ToolEffect EffectOf(JsonObject arguments) => effect;

    public Task<ToolReply> RunAsync(ToolAttempt attempt, CancellationToken cancellationToken) => Task.FromResult(work(attempt));
}
