using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Weft.Agents.Tests.Models;

/// <summary>Texts of many kinds, put together at random from what such texts are made of.</summary>
internal static class TokenTexts
{
    private static readonly Dictionary<string, string> Words = new()
    {
        ["english"] =
            "the order was shipped on Monday and our customer asks when she may expect her refund because two items arrived damaged "
            + "please apologize briefly offer a replacement within three business days otherwise escalate immediately to Supervisor "
            + "Henderson",
        ["german"] =
            "die Bestellung wurde am Montag verschickt und unsere Kundin fragt wann sie mit der Rückerstattung rechnen darf weil zwei "
            + "Artikel "
            + "beschädigt ankamen Rechtsschutzversicherungsgesellschaften Lieferverzögerung bitte entschuldige dich höflich für die "
            + "Unannehmlichkeiten",
        ["polish"] =
            "zamówienie zostało wysłane w poniedziałek a klientka pyta kiedy może spodziewać się zwrotu pieniędzy ponieważ dwie rzeczy "
            + "przyszły uszkodzone proszę przeprosić i zaproponować wymianę w ciągu trzech dni żółć gęś źdźbło",
        ["vietnamese"] =
            "đơn hàng đã được gửi vào thứ hai và khách hàng hỏi khi nào có thể nhận lại tiền vì hai mặt hàng bị hư hỏng xin lỗi",
        ["russian"] =
            "заказ был отправлен в понедельник и клиентка спрашивает когда ей вернут деньги потому что два товара пришли повреждёнными "
            + "пожалуйста извинитесь предложите замену в течение трёх рабочих дней",
        ["hindi"] =
            "आपका ऑर्डर सोमवार को भेजा गया था और ग्राहक पूछ रही हैं कि उन्हें पैसे कब वापस मिलेंगे क्योंकि दो वस्तुएँ क्षतिग्रस्त पहुँचीं",
        ["arabic"] =
            "تم إرسال الطلب يوم الاثنين وتسأل العميلة متى يمكنها استرداد المبلغ لأن قطعتين وصلتا تالفتين يرجى الاعتذار وعرض الاستبدال",
        ["thai"] = "คำสั่งซื้อถูกจัดส่งเมื่อวันจันทร์ และลูกค้าถามว่าจะได้รับเงินคืนเมื่อไร เพราะสินค้าสองชิ้นเสียหาย",
        ["chinese"] = "订单 已于 星期一 发货 客户 询问 何时 可以 收到 退款 因为 两件 商品 损坏 请 简短 道歉 并 提供 更换 饕餮 魑魅",
        ["japanese"] = "ご注文 は 月曜日 に 発送 されました お客様 が 返金 について お問い合わせ カタログ 申し訳ございません",
        ["korean"] = "주문은 월요일에 발송되었으며 고객은 언제 환불을 받을 수 있는지 문의합니다 두 개의 상품이 파손되어 도착했습니다",
        ["code"] = "def return self.items[index] for item in range(len(items)): if item.status != 'shipped': total += item.price * 1.19 "
            + "raise ValueError( "
            + "getAccountStatus() => { const x = await fetchJson(url); } public sealed record OrderLine(string Sku, int Quantity); # "
            + "comment",
        ["emoji"] = "great 🎉 thanks 👍🏽 sorry 😞 on its way 🚚 👩‍👩‍👧‍👦 🇩🇪 ❤️ done ✅",
    };

    /// <summary>Gets the kinds.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        [.. Words.Keys, "markdown", "json", "uuids", "hex", "base64", "base64url", "numbers", "letters", "table"];

    /// <summary>A text of a kind.</summary>
    public static string Of(string kind, Random random)
    {
        var length = random.Next(20, 200);
        return kind switch
        {
            "markdown" => string.Concat(Enumerable.Range(0, length / 8).Select(_ => Markdown(random))),
            "json" => Json(random, length / 6).ToJsonString(),
            "uuids" => Joined(length / 6, "\n", _ => NewGuid(random).ToString()),
            "hex" => Joined(length / 10, " ", _ => Convert.ToHexStringLower(Bytes(random, random.Next(4, 33)))),
            "base64" => Convert.ToBase64String(Bytes(random, length * 4)),
            "base64url" =>
                Joined(3, ".", _ => Convert.ToBase64String(Bytes(random, length)).Replace('+', '-').Replace('/', '_').TrimEnd('=')),
            "numbers" =>
                Joined(length, " ",
                    _ => (random.NextDouble() * Math.Pow(10, random.Next(0, 9))).ToString("0.##", CultureInfo.InvariantCulture)),
            "letters" =>
                Joined(length / 4, " ",
                    _ => new string([.. Enumerable.Range(0, random.Next(3, 24)).Select(_ => (char)('a' + random.Next(26)))])),
            "table" => string.Concat(
                Enumerable.Range(0, length / 6).Select(i => $"| {i} | {random.Next(100_000)} | {Word("english", random)} |\n")),
            _ => Joined(length, " ", _ => Word(kind, random)),
        };
    }

    private static string Joined(int count, string separator, Func<int, string> part) =>
        string.Join(separator, Enumerable.Range(0, Math.Max(1, count)).Select(part));

    private static string Word(string kind, Random random)
    {
        var words = Words[kind].Split(' ');
        return words[random.Next(words.Length)];
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static Guid NewGuid(Random random) => new(Bytes(random, 16));

    private static string Markdown(Random random)
    {
        var words = Joined(random.Next(4, 16), " ", _ => Word("english", random));
        return random.Next(5) switch
        {
            0 => $"## {words}\n\n",
            1 => $"- **{words}**: `{Word("code", random)}`\n",
            2 => $"| {words.Replace(" ", " | ", StringComparison.Ordinal)} |\n|---|---|\n",
            3 => $"```python\n    {words}\n```\n",
            _ => $"{words}, see [this](https://example.com/{Word("english", random)}?id={random.Next()}).\n\n",
        };
    }

    private static JsonObject Json(Random random, int members)
    {
        var json = new JsonObject();
        for (var i = 0; i < members; i++)
        {
            JsonNode? value = random.Next(6) switch
            {
                0 => NewGuid(random).ToString(),
                1 => random.Next(1_000_000),
                2 => new JsonObject { ["created_at"] =
                    new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(random.Next(30_000_000)) },
                3 => random.Next(2) == 0,
                4 => new JsonArray(Word("german", random), random.NextDouble()),
                _ => new StringBuilder(Word("english", random)).Append(' ').Append(Word("english", random)).ToString(),
            };
            json[$"{Word("english", random).Trim('.').ToLowerInvariant()}_{i}"] = value;
        }

        return json;
    }
}
