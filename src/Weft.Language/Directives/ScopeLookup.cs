using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Expressions.GJson;
using Weft.Language.Source;

namespace Weft.Language.Directives;

/// <summary>Finds what a reference means in its scope, and explains when there is nothing.</summary>
internal sealed class ScopeLookup(SourceMap local, LoadOptions options, PathWalk walk, DiagnosticBag bag)
{
    // What a provider's name alone stands for when no project says more.
    private static readonly Dictionary<string, string> ProviderModels = new()
    {
        ["openai"] = "gpt-4-turbo",
        ["anthropic"] = "claude-3-sonnet",
        ["google"] = "gemini-2.5-flash",
        ["gemini"] = "gemini-2.5-flash",
        ["groq"] = "llama-3.3-70b-versatile",
        ["ollama"] = "llama3.1",
    };

    public SourceNode? Find(DirectiveText directive, SourceScalar at) => directive.Scope switch
    {
        "local" => Local(directive, at),
        "global" => Global(directive, at),
        _ => Resource(directive, at),
    };

    private SourceNode? Local(DirectiveText directive, SourceScalar at)
    {
        if (walk.Find(local, directive.Path) is { } found)
        {
            return found;
        }

        var miss = walk.Miss;
        return Card(directive, at) ?? Missed(directive, at, Of(miss, "the file"));
    }

    private SourceNode? Global(DirectiveText directive, SourceScalar at)
    {
        var miss = "There is no project file.";
        if (options.Project?.Root is { } project)
        {
            if (walk.Find(project, directive.Path) is { } found)
            {
                return found;
            }

            miss = Of(walk.Miss, "the project file");
        }

        // A single file may be project and workflow at once.
        if (walk.Find(local, directive.Path) is { } own)
        {
            return own;
        }

        return Model(directive, at) ?? Card(directive, at)
            ?? Missed(directive, at, options.Project is null ? $"{miss} {Of(walk.Miss, "the file")}" : miss);
    }

    private SourceNode? Resource(DirectiveText directive, SourceScalar at)
    {
        if (options.Project is { } project)
        {
            var kind = project.Resources.GetValueOrDefault(directive.Kind!) ?? [];
            if (walk.Find(new SourceList(at.File, at.Line, at.Column, [.. kind]), directive.Path) is { } found)
            {
                return found;
            }

            var miss = project.Resources.ContainsKey(directive.Kind!)
                ? Of(walk.Miss, $"'{directive.Kind}'")
                : $"No file of the kind '{directive.Kind}' is "
                    + $"autoloaded.{NearMiss.HintOrList(directive.Kind!, project.Resources.Keys, "Kinds")}";
            return Card(directive, at) ?? Missed(directive, at, miss);
        }

        if (Card(directive, at) is { } card)
        {
            return card;
        }

        bag.Error(DiagnosticCodes.DirectiveScope, at, $"'{directive.Target}' needs a project file with 'autoload', and there is none.");
        return null;
    }

    /// <summary>An agent that the file does not define may be a registered one.</summary>
    private SourceNode? Card(DirectiveText directive, SourceScalar at)
    {
        if (directive.Component != "agent" || PathWalk.Demanded(directive.Path[^1], "id") is not { } id)
        {
            return null;
        }

        if (options.KnownAgents is { } known && !options.NamesMayComeLater)
        {
            return known.Contains(id) ? SourceJson.Text(id, at) : null;
        }

        if (options.KnownAgents is null)
        {
            bag.Warn(DiagnosticCodes.DirectiveDefault, at,
                $"No agent '{id}' is defined here, so a registered agent of that name is taken.");
        }

        return SourceJson.Text(id, at);
    }

    /// <summary>A model that no project defines: the catalog knows its name, or the provider has a usual one.</summary>
    private SourceNode? Model(DirectiveText directive, SourceScalar at)
    {
        if (directive.Path is not [{ Kind: GJsonSegmentKind.Name, Text: "models" }, { Kind: GJsonSegmentKind.First } query])
        {
            return null;
        }

        var provider = PathWalk.Demanded(query, "provider");
        var model = PathWalk.Demanded(query, "model", "id") ?? (provider is null ? null : ProviderModels.GetValueOrDefault(provider));
        if (provider is null || model is null)
        {
            return null;
        }

        bag.Warn(DiagnosticCodes.DirectiveDefault, at,
            $"No project file defines this model, so {provider}'s '{model}' is taken, with the key from the environment. Define it under "
            + $"'models' to choose another.");
        return new SourceMap(at.File, at.Line, at.Column, [Entry("provider", provider), Entry("model", model)]);

        SourceEntry Entry(string key, string value) => new(SourceJson.Text(key, at), SourceJson.Text(value, at));
    }

    private SourceNode? Missed(DirectiveText directive, SourceScalar at, string why)
    {
        bag.Error(DiagnosticCodes.DirectiveMiss, at, $"'{directive.Target}' leads to nothing: {why}");
        return null;
    }

    private static string Of(string miss, string root) => miss.StartsWith("it ", StringComparison.Ordinal) ? root + miss[2..] : miss;
}
