"""Check what a business sends as Meta does, one family of messages a module (sending.md, 1 and 3.1).

A limit of length, a wrong type and an unknown key are 100, a missing parameter is 131008, and a value or a number of
values that may not be is 131009; `error_data.details` names the parameter as Meta spells it: text['body'].
"""
