using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;

namespace Weft.Workflows.Agents;

/// <summary>One question, one answer: text, or JSON that fits a schema.</summary>
internal static class SimpleAgent
{
    public static async Task<JsonNode?> RunAsync(AgentWork work)
    {
        work.Ledger.Iterations = 1;
        var config = work.Input.Config;
        var question = new ModelQuestion(work.Key, work.Open(AgentWork.FormOf(config.OutputSchema, config.JsonMode)))
        {
            Schema = config.OutputSchema,
            JsonMode = config.JsonMode || config.OutputSchema is not null,
        };
        if (config.OutputSchema is not null || config.JsonMode)
        {
            var value = await work.AskForJsonAsync(question);
            return value is JsonObject ? value : new JsonObject { ["value"] = value };
        }

        var reply = await work.Models.AskAsync(question);
        return new JsonObject { ["text"] = reply.Message.Content?.DeepClone() ?? "" };
    }
}
