using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Brain;

/// <summary>A judgement on work done: an object with <c>success</c> and a summary, from the step results that the prompt quotes.</summary>
internal static class VerdictProtocol
{
    private static readonly string[] Truths = ["success", "successful", "goal_achieved", "achieved", "is_complete", "complete", "satisfied", "done"];
    private static readonly string[] Words = ["summary", "reason", "explanation", "message", "feedback", "answer"];

    public static bool Fits(SchemaDocument document)
    {
        var properties = document.Resolve(document.Root).Obj("properties") ?? [];
        return Truths.Any(name => properties.Obj(name) is { } part && SchemaDocument.TypesOf(document.Resolve(part)).Contains("boolean")) && Words.Any(properties.ContainsKey);
    }

    public static JsonNode? Write(SchemaDocument document, Facts facts, ToolTask task)
    {
        if (!task.HasActed)
        {
            task.Adopt(StepRecords.In(facts.UserText, facts.UserText.Contains("return", StringComparison.OrdinalIgnoreCase), task.Now));
        }

        var verdict = new SchemaAuthor(document, facts, task).Write();
        if (verdict is JsonObject fields && !task.HasActed && facts.Quoted.Count == 0)
        {
            foreach (var name in Truths.Where(name => fields.Bool(name) is not null))
            {
                fields[name] = false;
            }

            foreach (var name in Words.Where(name => fields.Str(name) is not null))
            {
                fields[name] = "There are no step results to judge by.";
            }
        }

        return verdict;
    }
}
