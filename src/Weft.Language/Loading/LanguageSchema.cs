using System.Text.Json.Nodes;
using Weft.Language.Shapes;

namespace Weft.Language.Loading;

/// <summary>The JSON Schemas of the language, for editors; docs/schemas holds them as files.</summary>
public static class LanguageSchema
{
    private static readonly IReadOnlyDictionary<string,
        (ObjectShape Shape, string Title)> All = new Dictionary<string, (ObjectShape, string)>
    {
        ["graph"] = (FileShapes.Graph, "Weft workflow: a graph of nodes and edges"),
        ["tasks"] = (FileShapes.Tasks, "Weft workflow: a list of tasks"),
        ["steps"] = (FileShapes.Steps, "Weft workflow: a list of steps"),
        ["project"] = (ProjectShapes.Project, "Weft project file"),
        ["agent-card"] = (CardShapes.Card, "Weft agent card"),
    };

    /// <summary>Gets the kinds of files that have a schema: graph, tasks, steps, project, agent-card.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. All.Keys];

    /// <summary>The schema of a kind of file, draft 2020-12.</summary>
    /// <exception cref="WeftException">There is no such kind (code <c>unknown_schema</c>).</exception>
    public static JsonObject For(string kind) => All.TryGetValue(kind, out var found)
        ? JsonSchemaWriter.Write(found.Shape, found.Title)
        : throw new WeftException(
            "unknown_schema", Fault.NotFound, $"There is no schema '{kind}'.{NearMiss.HintOrList(kind, Kinds, "Schemas")}");
}
