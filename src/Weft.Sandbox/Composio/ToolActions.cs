using Weft.Sandbox.Composio.Chat;
using Weft.Sandbox.Composio.Code;
using Weft.Sandbox.Composio.Mail;
using Weft.Sandbox.Composio.Shop;

namespace Weft.Sandbox.Composio;

/// <summary>What each slug does.</summary>
internal static class ToolActions
{
    private static readonly Dictionary<string, Func<ActionCall, ActionResult>> BySlug = new(
        ShopActions.All.Concat(MailActions.All).Concat(ChatActions.All).Concat(CodeActions.All).Concat(EchoActions.All), StringComparer.Ordinal);

    public static ActionResult Run(string slug, ActionCall call) => BySlug[slug](call);

    public static bool Has(string slug) => BySlug.ContainsKey(slug);
}
