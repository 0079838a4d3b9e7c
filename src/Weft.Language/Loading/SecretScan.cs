using System.Buffers;
using System.Text.RegularExpressions;
using Weft.Language.Diagnostics;
using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>
/// Finds secrets written in clear. A definition is stored, shown and shared: it must never hold one. Messages don't repeat it.
/// </summary>
internal static partial class SecretScan
{
    private static readonly SearchValues<string> Marks = SearchValues.Create(
        ["sk-", "gsk_", "ghp_", "gho_", "github_pat_", "AKIA", "AIza", "xoxb-", "xoxp-", "xapp-", "-----BEGIN", "glpat-"],
        StringComparison.Ordinal);

    private static readonly string[] SecretNames =
        ["api_key", "apikey", "api-key", "x-api-key", "secret", "client_secret", "password", "access_token", "auth_token", "private_key",
            "authorization", "token"];

    private static readonly string[] SecretEndings = ["_api_key", "_token", "_secret", "_password", "_private_key"];

    /// <summary>Looks at every text of a file for what looks like a key.</summary>
    public static void Check(SourceNode node, DiagnosticBag bag)
    {
        switch (node)
        {
            case SourceScalar { ScalarKind: ScalarKind.Text } text:
                if (text.Text.AsSpan().ContainsAny(Marks) && KnownForm().Match(text.Text) is { Success: true } match)
                {
                    Report(bag, text.PlaceOf(match.Index), "This text holds what looks like a secret key.");
                }

                break;
            case SourceList list:
                foreach (var item in list.Items)
                {
                    Check(item, bag);
                }

                break;
            case SourceMap map:
                foreach (var (_, value) in map.Entries)
                {
                    Check(value, bag);
                }

                break;
        }
    }

    /// <summary>Checks the <c>api_key</c> of a model.</summary>
    public static void CheckKey(SourceScalar? key, string provider, DiagnosticBag bag)
    {
        if (key is null || key.Text.Contains("{{", StringComparison.Ordinal) || KnownForm().IsMatch(key.Text))
        {
            return;
        }

        var name = string.Concat(provider.ToUpperInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        Report(bag, key.Span, "The key is written in clear.", $"{name}_API_KEY");
    }

    /// <summary>Checks the settings of a tool: what is called a secret there must come from the environment.</summary>
    public static void CheckSettings(SourceNode? settings, DiagnosticBag bag)
    {
        if (settings is not SourceMap map)
        {
            return;
        }

        foreach (var (key, value) in map.Entries)
        {
            if (value is SourceScalar { ScalarKind: not ScalarKind.Null } text && IsSecretName(key.Text)
                && !text.Text.Contains("{{", StringComparison.Ordinal) && text.Text.Length > 0 && !KnownForm().IsMatch(text.Text))
            {
                Report(bag, text.Span, $"'{key.Text}' is written in clear.");
            }

            CheckSettings(value, bag);
        }
    }

    private static bool IsSecretName(string name) => SecretNames.Contains(name, StringComparer.OrdinalIgnoreCase)
        || Array.Exists(SecretEndings, e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    private static void Report(DiagnosticBag bag, SourceSpan at, string what, string variable = "MY_KEY") =>
        bag.Error(DiagnosticCodes.SecretInClear, at,
            $"{what} Secrets don't belong in a definition: put it in the environment, and write \"{{{{ .env.{variable} }}}}\".");

    [GeneratedRegex(
        @"\b(sk-[A-Za-z0-9_-]{20,}|gsk_[A-Za-z0-9]{20,}|gh[po]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,}|AKIA[0-9A-Z]{16}"
            + @"|AIza[0-9A-Za-z_-]{35}|x(?:ox[bp]|app)-[A-Za-z0-9-]{20,}|glpat-[A-Za-z0-9_-]{20,})|-----BEGIN [A-Z ]*PRIVATE KEY-----",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex KnownForm();
}
