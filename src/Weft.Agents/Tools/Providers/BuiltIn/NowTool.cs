using System.Text.Json.Nodes;

namespace Weft.Agents.Tools.Providers.BuiltIn;

/// <summary>Tells the time, which no model knows.</summary>
internal sealed class NowTool(TimeProvider time) : BuiltInTool(
    "weft.now", "Tells the current date and time, in UTC.", """{"type":"object","properties":{}}""")
{
    protected override Task<JsonNode?> AnswerAsync(ToolAttempt attempt, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return Task.FromResult<JsonNode?>(
            new JsonObject { ["utc"] = now.UtcDateTime, ["weekday"] = now.DayOfWeek.ToString(),
                ["unix_seconds"] = now.ToUnixTimeSeconds() });
    }
}
