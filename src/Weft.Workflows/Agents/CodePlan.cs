using System.Text.Json.Nodes;

namespace Weft.Workflows.Agents;

/// <summary>What a code agent's model is asked for, and how its answers are read.</summary>
internal static class CodePlan
{
    public const int MostSteps = 30;

    /// <summary>Makes the schema of a plan: a fresh tree each time, since a node has one parent.</summary>
    public static JsonObject Schema() => Parse(
        """
        {"type":"object","required":["steps"],"properties":{
          "thought":{"type":"string"},
          "steps":{"type":"array","maxItems":30,"items":{"type":"object","required":["id","tool","arguments"],"properties":{
            "id":{"type":"string","minLength":1},
            "tool":{"type":"string","minLength":1},
            "arguments":{"type":"object"},
            "description":{"type":"string"},
            "depends_on":{"type":"array","items":{"type":"string"}}}}}}}
        """);

    /// <summary>Makes the schema of a verdict.</summary>
    /// <param name="data">The schema of its data; null: any object.</param>
    public static JsonObject VerdictSchema(JsonObject? data)
    {
        var schema = Parse(
            """
            {"type":"object","required":["success","summary"],"properties":{
              "success":{"type":"boolean"},
              "summary":{"type":"string"},
              "retry":{"type":"boolean","description":"whether another plan could still reach the goal"},
              "data":{"type":["object","null"],"description":"facts from the results that the caller needs, such as ids and links"}}}
            """);
        if (data is not null)
        {
            // Held to it only when the goal was reached: a failure has no such data to give.
            schema["if"] = new JsonObject { ["properties"] = new JsonObject { ["success"] = new JsonObject { ["const"] = true } } };
            schema["then"] = new JsonObject
            {
                ["required"] = new JsonArray("data"),
                ["properties"] = new JsonObject { ["data"] = data.DeepClone() },
            };
        }

        return schema;
    }

    /// <summary>Reads a plan that fits the schema.</summary>
    public static IReadOnlyList<PlannedStep> Read(JsonNode? plan)
    {
        var steps = new List<PlannedStep>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in (plan?["steps"] as JsonArray ?? []).Take(MostSteps))
        {
            if (node is not JsonObject step)
            {
                continue;
            }

            var id = step["id"]?.ToString() ?? "";
            for (var n = 2; !ids.Add(id); n++)
            {
                id = $"{step["id"]}_{n}";
            }

            steps.Add(new PlannedStep(
                id,
                step["tool"]?.ToString() ?? "",
                step["arguments"]?.DeepClone() as JsonObject ?? [],
                step["description"]?.ToString(),
                [.. (step["depends_on"] as JsonArray ?? []).Select(x => x?.ToString() ?? "")]));
        }

        return steps;
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject(); // the text is ours
}
