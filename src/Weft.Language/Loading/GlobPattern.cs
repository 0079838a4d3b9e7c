using System.Text;
using System.Text.RegularExpressions;

namespace Weft.Language.Loading;

/// <summary>A pattern of paths: <c>*</c> and <c>?</c> within a folder, <c>**</c> across folders, <c>{a,b}</c> for either.</summary>
internal sealed class GlobPattern
{
    private readonly Regex _regex;

    private GlobPattern(Regex regex) => _regex = regex;

    /// <summary>Reads a pattern, or says what is wrong with it.</summary>
    public static GlobPattern? TryParse(string text, out string fault)
    {
        fault = "";
        var pattern = ProjectPath.Trim(text);
        if (pattern.Length == 0)
        {
            fault = "it is empty";
        }
        else if (pattern[0] == '/' || pattern.Contains(':', StringComparison.Ordinal))
        {
            fault = "it must be relative to the project file";
        }
        else if (pattern.Split('/').Contains(".."))
        {
            fault = "it must not leave the project's folder";
        }
        else if (pattern.Count(c => c == '{') != pattern.Count(c => c == '}'))
        {
            fault = "a brace is missing";
        }

        return fault.Length > 0 ? null
            : new GlobPattern(new Regex(ToRegex(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
    }

    public bool Matches(string path) => _regex.IsMatch(ProjectPath.Trim(path));

    private static string ToRegex(string pattern)
    {
        var regex = new StringBuilder("^");
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*' when i + 1 < pattern.Length && pattern[i + 1] == '*':
                    i++;
                    var wholeFolder = i + 1 < pattern.Length && pattern[i + 1] == '/';
                    regex.Append(wholeFolder ? "(?:[^/]+/)*" : ".*");
                    i += wholeFolder ? 1 : 0;
                    break;
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '?':
                    regex.Append("[^/]");
                    break;
                case '{':
                    regex.Append("(?:");
                    break;
                case '}':
                    regex.Append(')');
                    break;
                case ',' when pattern.LastIndexOf('{', i) > pattern.LastIndexOf('}', i):
                    regex.Append('|');
                    break;
                default:
                    regex.Append(Regex.Escape(pattern[i].ToString()));
                    break;
            }
        }

        return regex.Append('$').ToString();
    }
}
