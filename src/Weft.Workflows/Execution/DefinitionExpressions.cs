using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Language.Expressions;
using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Workflows.Execution;

/// <summary>Every template and condition of a definition, wherever it stands.</summary>
internal sealed class DefinitionExpressions
{
    private readonly List<(string Text, IReadOnlyList<ReferencedPath> Paths)> _all = [];

    /// <summary>Finds them.</summary>
    /// <param name="definition">The definition's JSON.</param>
    /// <param name="templates">Compiles a template.</param>
    /// <param name="conditions">Compiles a condition.</param>
    public DefinitionExpressions(
        JsonNode? definition, Func<string, Template> templates, Func<ConditionDefinition, CompiledCondition> conditions)
    {
        Walk(definition);

        void Walk(JsonNode? node)
        {
            switch (node)
            {
                case JsonObject members:
                    if (TextOf(members["type"]) is { } type && TextOf(members["expression"]) is { } expression)
                    {
                        Add(expression, () => conditions(new ConditionDefinition(type, expression)).ReferencedPaths);
                    }

                    foreach (var (_, member) in members)
                    {
                        Walk(member);
                    }

                    break;
                case JsonArray items:
                    foreach (var item in items)
                    {
                        Walk(item);
                    }

                    break;
                case JsonValue value when TextOf(value) is { } text && Template.HasTags(text):
                    Add(text, () => templates(text).ReferencedPaths);
                    break;
            }
        }
    }

    /// <summary>Whether any of them may read the member <c>output</c> of something of this name.</summary>
    public bool ReadOutputOf(string name) => _all.Exists(e => e.Paths.Any(p => Leads(p, name)) || Mentions(e.Text, name));

    private void Add(string text, Func<IReadOnlyList<ReferencedPath>> paths)
    {
        try
        {
            _all.Add((text, paths()));
        }
        catch (TemplateException)
        {
            // It fails where it is used, and asks for nothing.
        }
    }

    private static bool Leads(ReferencedPath path, string name)
    {
        for (var i = 1; i < path.Segments.Count; i++)
        {
            if (path.Segments[i] == "output" && path.Segments[i - 1] == name)
            {
                return true;
            }
        }

        return false;
    }

    // A variable, or a block that moves the dot, hides a path; what is written behind it still shows.
    private static bool Mentions(string text, string name)
    {
        foreach (var form in (string[])[$"{name}.output", $"{name}\"].output", $"{name}'].output"])
        {
            for (var at = text.IndexOf(form, StringComparison.Ordinal); at >= 0; at = text.IndexOf(form, at + 1, StringComparison.Ordinal))
            {
                if (at == 0 || !(char.IsLetterOrDigit(text[at - 1]) || text[at - 1] is '_' or '-'))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static string? TextOf(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
