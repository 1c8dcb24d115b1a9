using System.Text.Json;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Order lists as REST tells them: orderListId, listClientOrderId, listOrderStatus, symbol, orders[{symbol, orderId, clientOrderId}], and in answers to mutations orderReports[].</summary>
static class ListReads
{
    public static OrderListState List(JsonElement json)
    {
        var (status, remark) = RequestWords.List(json.Text("listOrderStatus"));
        return new(
            json.Required("symbol"), json.Required("listClientOrderId"), json.Required("orderListId"), status,
            [.. json.Rows("orders").Select(row => (row.Required("clientOrderId"), row.Required("orderId")))], remark);
    }

    public static IReadOnlyList<VenueOrderState> Orders(JsonElement json) => [.. json.Rows("orderReports").Select(SpotOrders.Order)];
}
