using Weft.Language.Diagnostics;
using Weft.Language.Expressions.GJson;
using Weft.Language.Source;

namespace Weft.Language.Directives;

/// <summary>What a <c>$ref</c> or <c>$use</c> says.</summary>
/// <param name="Component">The kind of thing that <c>$use</c> brings; null for <c>$ref</c>.</param>
/// <param name="Scope">local, global or resource.</param>
/// <param name="Kind">The kind of resource; null for the other scopes.</param>
/// <param name="PathText">The path as written.</param>
/// <param name="Path">The path, read.</param>
/// <param name="Strategy">How siblings are merged: deep, shallow or replace.</param>
/// <param name="KeyConflict">Who wins where both have a key: replace (the sibling), first (what is referred to), error.</param>
internal sealed record DirectiveText(
    string? Component, string Scope, string? Kind, string PathText, GJsonSegment[] Path, string Strategy, string KeyConflict)
{
    private static readonly string[] Components = ["agent", "tool", "task", "mcp"];
    private static readonly string[] Scopes = ["local", "global", "resource"];

    /// <summary>Gets what it looks for, for messages and to recognise a circle.</summary>
    public string Target => Kind is null ? $"{Scope}::{PathText}" : $"{Scope}::{Kind}::{PathText}";

    /// <summary>Reads a directive's text; reports what is wrong with it.</summary>
    public static DirectiveText? Parse(string directive, SourceScalar at, DiagnosticBag bag)
    {
        var text = at.Text.Trim();
        var (strategy, conflict) = ("deep", "replace");
        var merge = text.IndexOf("!merge:", StringComparison.Ordinal);
        if (merge >= 0)
        {
            if (!TryReadMerge(text[(merge + 7)..], at, bag, ref strategy, ref conflict))
            {
                return null;
            }

            text = text[..merge].TrimEnd();
        }

        string? component = null;
        if (directive == "$use")
        {
            var open = text.IndexOf('(', StringComparison.Ordinal);
            if (open <= 0 || text[^1] != ')')
            {
                bag.Error(DiagnosticCodes.DirectiveSyntax, at,
                    "'$use' must read component(scope::path), such as agent(local::agents.#(id==\"greeter\")).");
                return null;
            }

            component = text[..open].Trim();
            if (!Components.Contains(component))
            {
                bag.Error(DiagnosticCodes.DirectiveSyntax, at,
                    $"'$use' brings agent, tool, task or mcp, not '{component}'.{NearMiss.Hint(component, Components)}");
                return null;
            }

            text = text[(open + 1)..^1].Trim();
        }

        return Scoped(text, component, at, bag) is { } found ? found with { Strategy = strategy, KeyConflict = conflict } : null;
    }

    private static DirectiveText? Scoped(string text, string? component, SourceScalar at, DiagnosticBag bag)
    {
        var sep = text.IndexOf("::", StringComparison.Ordinal);
        if (sep < 0)
        {
            bag.Error(DiagnosticCodes.DirectiveSyntax, at, $"'{text}' must read scope::path, with the scope local, global or resource.");
            return null;
        }

        var scope = text[..sep];
        if (!Scopes.Contains(scope))
        {
            bag.Error(DiagnosticCodes.DirectiveScope, at, $"'{scope}' is not a scope.{NearMiss.HintOrList(scope, Scopes, "Scopes")}");
            return null;
        }

        var path = text[(sep + 2)..];
        string? kind = null;
        if (scope == "resource")
        {
            var next = path.IndexOf("::", StringComparison.Ordinal);
            if (next <= 0)
            {
                bag.Error(DiagnosticCodes.DirectiveSyntax, at,
                    $"'{text}' must read resource::type::selector, such as resource::agent::#(id==\"analyzer\").");
                return null;
            }

            (kind, path) = (path[..next], path[(next + 2)..]);
        }

        try
        {
            return new DirectiveText(component, scope, kind, path, new GJsonParser(path).Parse(), "deep", "replace");
        }
        catch (WeftException e)
        {
            bag.Error(DiagnosticCodes.DirectiveSyntax, at, e.Message);
            return null;
        }
    }

    private static bool TryReadMerge(string text, SourceScalar at, DiagnosticBag bag, ref string strategy, ref string conflict)
    {
        foreach (var word in text.Trim().TrimStart('<').TrimEnd('>').Split(',', StringSplitOptions.TrimEntries))
        {
            switch (word)
            {
                case "deep" or "shallow":
                    strategy = word;
                    break;
                case "default":
                    strategy = "deep";
                    break;
                case "replace":
                    conflict = word;
                    break;
                case "first" or "error":
                    conflict = word;
                    break;
                default:
                    bag.Error(DiagnosticCodes.DirectiveSyntax, at,
                        $"'!merge:' takes deep or shallow, and replace, first or error, not '{word}'.");
                    return false;
            }
        }

        return true;
    }
}
