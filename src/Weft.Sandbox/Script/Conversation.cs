using System.Text.Json.Nodes;
using Weft.Sandbox.Chat;
using Weft.Sandbox.Composio;
using Weft.Sandbox.Json;
using Weft.Sandbox.Knowledge;

namespace Weft.Sandbox.Script;

/// <summary>A request as scripts see it: the form of the answer, the tools, the calls that were made, and the values in it.</summary>
/// <remarks>
/// Scripts go by what any service sees: names of tools and properties, results, and the user's own data. Not by the sentences of those
/// who built the prompt: these may be worded anew without a change here, and a test holds that to be so.
/// </remarks>
internal sealed class Conversation
{
    private readonly HashSet<string> _names;

    public Conversation(ModelRequest request, ToolCatalog catalog)
    {
        Request = request;
        // Services without a response format get the schema in the system's text; what is asked for now stands last.
        Schema = request.Schema ?? JsonFragments.In(request.System).LastOrDefault(SchemaDocument.IsSchema) as JsonObject;
        Made = MadeCall.In(request);
        Offered = request.Tools.Count > 0 ? request.Tools : Listed(request, catalog);
        Values = new Values(request, Made);
        _names = [.. Offered.Select(tool => ToolNames.Key(tool.Name)), .. Made.Select(call => call.Tool)];
    }

    public ModelRequest Request { get; }

    /// <summary>The schema of the answer, wherever it was given.</summary>
    public JsonObject? Schema { get; }

    /// <summary>The tools on offer, or those that the user's text lists.</summary>
    public IReadOnlyList<ToolSpec> Offered { get; }

    /// <summary>The calls that were made, oldest first.</summary>
    public IReadOnlyList<MadeCall> Made { get; }

    public Values Values { get; }

    /// <summary>Whether a tool is on offer, listed or was called.</summary>
    public bool Knows(string tool) => _names.Contains(ToolNames.Key(tool));

    public ToolSpec? Find(string tool) => Offered.FirstOrDefault(offered => ToolNames.Key(offered.Name) == ToolNames.Key(tool));

    /// <summary>The tools of a list in the user's text: a line each with a name, perhaps with the schema of its arguments below.</summary>
    private static IReadOnlyList<ToolSpec> Listed(ModelRequest request, ToolCatalog catalog)
    {
        var tools = new Dictionary<string, ToolSpec>(StringComparer.Ordinal);
        foreach (var lines in request.Said.Select(text => text.Split('\n')))
        {
            for (var i = 0; i < lines.Length; i++)
            {
                if (lines[i] is ['-', ' ', .. var line] && line.Split([' ', ':'], 2) is [var name, _] && ToolNames.IsName(name))
                {
                    var below = JsonFragments.In(lines.ElementAtOrDefault(i + 1) ?? string.Empty).FirstOrDefault(SchemaDocument.IsSchema);
                    var schema = below as JsonObject ?? catalog.Find(ToolNames.Slug(name))?.InputParameters;
                    tools.TryAdd(name, new ToolSpec(name, line, schema ?? []));
                }
            }
        }

        return [.. tools.Values];
    }
}
