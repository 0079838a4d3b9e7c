using Weft.Api.Requests;

namespace Weft.Api.Tools;

/// <summary>The body of <c>POST /tools/select</c>.</summary>
/// <param name="UserIntent">What somebody wants done, in words.</param>
/// <param name="UserId">Whose history and connections count.</param>
/// <param name="Tools">The tools to choose from, as specs; empty: all that are known.</param>
/// <param name="Alternatives">How many more are answered, 0 to 20.</param>
internal sealed record SelectToolRequest(string UserIntent, string? UserId, IReadOnlyList<string> Tools, int? Alternatives)
{
    internal static SelectToolRequest Read(RequestBody body)
    {
        var request = new SelectToolRequest(
            body.Text("user_intent", required: true, longest: 4000) ?? "", body.Text("user_id", longest: 250), body.Texts("tools"),
            body.Integer("alternatives", 0, 20));
        body.Check();
        return request;
    }
}
